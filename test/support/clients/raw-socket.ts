import { once } from 'node:events';

import { WebSocket } from 'ws';

import { Collector } from './collector.ts';
import type { Operation, VariableArguments, Variables } from './transports.ts';

interface Frame {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** A graphql-transport-ws socket that sends and receives single frames, which the stock client hides. */
export class RawSocket implements AsyncDisposable {
  readonly frames = new Collector<Frame>();
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;

  static async open(url: string, headers: Record<string, string> = {}): Promise<RawSocket> {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws', { headers });
    const raw = new RawSocket(socket);
    await once(socket, 'open');
    return raw;
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = once(socket, 'close').then(([code]) => code as number);
    // `open` reports a socket that fails to open.
    this.closed.catch(() => undefined);
    socket.on('message', (data: Buffer) => {
      this.frames.push(JSON.parse(data.toString()) as Frame);
    });
    socket.on('close', () => {
      this.frames.end();
    });
  }

  send(frame: Frame): void {
    this.#socket.send(JSON.stringify(frame));
  }

  subscribe<Data, Input extends Variables>(
    id: string,
    operation: Operation<Data, Input>,
    ...[variables]: VariableArguments<NoInfer<Input>>
  ): void {
    this.send({ type: 'subscribe', id, payload: { query: String(operation), variables } });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.terminate();
    await this.closed;
  }
}
