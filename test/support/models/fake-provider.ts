import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
  formatAnthropicStream,
  formatCompletionStream,
  formatResponsesStream,
} from './model-streams.ts';

interface ModelCall {
  readonly path: string;
  /** The header that contained the key. */
  readonly header: string;
  readonly model: string;
}

/** A model server with the APIs of OpenAI, Azure and Anthropic. Each response names the owner of the key. */
export class FakeProvider implements AsyncDisposable {
  /** The calls with a valid key. */
  readonly calls: ModelCall[] = [];
  /** The owner of each key. Other keys are rejected. */
  readonly keys = new Map<string, string>();
  /** The URL to which calls are redirected, or null. */
  redirectUrl: string | null = null;
  /** Responses wait for this promise. */
  gate: Promise<void> = Promise.resolve();
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.destroy());
  });

  static async start(): Promise<FakeProvider> {
    const provider = new FakeProvider();
    provider.#server.listen(0, '127.0.0.1');
    await once(provider.#server, 'listening');
    return provider;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  /** Creates a key. */
  createKey(owner: string): string {
    const key = `sk-${owner}-${this.keys.size}`;
    this.keys.set(key, owner);
    return key;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { model } = JSON.parse(Buffer.concat(pieces).toString()) as { model: string };
    const [header, key] = extractKey(request);
    const owner = this.keys.get(key);
    if (owner === undefined) {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: `no such key: ${key}` } }));
      return;
    }
    const path = request.url ?? '';
    if (this.redirectUrl !== null) {
      response.writeHead(307, { location: `${this.redirectUrl}${path}` }).end();
      return;
    }
    this.calls.push({ path, header, model });
    await this.gate;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(selectFormat(path)(`I am ${owner}.`, model));
  }
}

function extractKey({ headers }: IncomingMessage): [header: string, key: string] {
  for (const name of ['x-api-key', 'api-key']) {
    const key = headers[name];
    if (typeof key === 'string') return [name, key];
  }
  return ['authorization', headers.authorization?.replace(/^Bearer ?/, '') ?? ''];
}

function selectFormat(path: string): (text: string, model: string) => string {
  if (path.endsWith('/messages')) return formatAnthropicStream;
  return path.includes('/responses') ? formatResponsesStream : formatCompletionStream;
}
