import { once } from 'node:events';

import { WebSocket } from 'ws';

interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

interface Operation {
  readonly next: (data: Record<string, unknown>) => void;
  /** Null: it has completed. */
  readonly end: (problem: string | null) => void;
}

const CONNECT_TIMEOUT_MS = 30_000;

/** One socket with any number of operations, as plain as the protocol allows. */
export class GraphqlSocket {
  readonly #socket: WebSocket;
  readonly #operations = new Map<string, Operation>();
  #started = 0;

  /** @param url of the endpoint, `http:` or `ws:` */
  static async connect(url: string, payload: object = {}): Promise<GraphqlSocket> {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws');
    const signal = AbortSignal.timeout(CONNECT_TIMEOUT_MS);
    await once(socket, 'open', { signal });
    socket.send(JSON.stringify({ type: 'connection_init', payload }));
    await once(socket, 'message', { signal });
    return new GraphqlSocket(socket);
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (text: Buffer) => {
      this.#take(JSON.parse(text.toString()) as Message);
    });
    // The close tells of it.
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      for (const { end } of this.#operations.values()) end(`socket closed with ${code}`);
      this.#operations.clear();
    });
  }

  /** @throws Error with what the server says when the operation fails */
  run(query: string, variables: Readonly<Record<string, unknown>>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      let result: unknown;
      this.subscribe(
        { query, variables },
        {
          next: (data) => {
            result = data;
          },
          end: (problem) => {
            if (problem === null) resolve(result);
            else reject(new Error(problem));
          },
        },
      );
    });
  }

  subscribe(payload: { query: string; variables: object }, operation: Operation): void {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      operation.end('socket closed');
      return;
    }
    const id = String(++this.#started);
    this.#operations.set(id, operation);
    this.#socket.send(JSON.stringify({ id, type: 'subscribe', payload }));
  }

  /** Reads nothing for a while. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** As a client does that leaves. */
  close(): void {
    this.#socket.close();
  }

  /** As a client does whose line breaks. */
  terminate(): void {
    this.#socket.terminate();
  }

  #take({ id = '', type, payload }: Message): void {
    if (type === 'ping') this.#socket.send('{"type":"pong"}');
    const operation = this.#operations.get(id);
    if (!operation) return;
    const { data, errors } = (payload ?? {}) as {
      data?: Record<string, unknown>;
      errors?: unknown;
    };
    if (type === 'next' && data && !errors) operation.next(data);
    else {
      this.#operations.delete(id);
      operation.end(type === 'complete' ? null : JSON.stringify(payload));
    }
  }
}
