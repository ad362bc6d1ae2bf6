import { once } from 'node:events';

import { WebSocket } from 'ws';

import { now, until } from '../support/clock.ts';
import { ageOf, PIECE_LENGTH, piecesOf } from '../support/stamps.ts';
import type { Endpoint } from './serve-fan-out.ts';

const TEXT = '"text":"';
/** Of one in so many the latency is taken, so that the clients cost little. */
const SAMPLED = 10;
const CONNECTING = 50;
const CONNECT_TIMEOUT_MS = 60_000;

/** Many clients of one subscription, that look at no more of a message than its text. */
export class Subscribers {
  readonly #sockets: WebSocket[] = [];
  readonly #heard = new Set<WebSocket>();
  #messages = 0;
  #pieces = 0;
  #latencies: number[] = [];

  get messages(): number {
    return this.#messages;
  }

  /** Deltas, of which a message may bring several. */
  get pieces(): number {
    return this.#pieces;
  }

  /** Of the deltas since the last reset, in milliseconds. */
  get latencies(): readonly number[] {
    return this.#latencies;
  }

  async connect(endpoint: Endpoint, count: number): Promise<void> {
    let left = count;
    const connectSome = async (): Promise<void> => {
      while (left-- > 0) await this.#connectOne(endpoint);
    };
    await Promise.all(Array.from({ length: CONNECTING }, connectSome));
  }

  /** Every one of them has got something. */
  async allHeard(): Promise<void> {
    await until(() => this.#heard.size === this.#sockets.length, {
      what: 'all subscribers to get something',
      timeoutMs: CONNECT_TIMEOUT_MS,
    });
  }

  reset(): void {
    this.#messages = 0;
    this.#pieces = 0;
    this.#latencies = [];
  }

  /** The first one reads nothing any more. */
  stallFirst(): void {
    this.#sockets[0]?.pause();
  }

  async #connectOne({ url, query, variables }: Endpoint): Promise<void> {
    const socket = new WebSocket(url, 'graphql-transport-ws', { skipUTF8Validation: true });
    const isSampled = this.#sockets.push(socket) % SAMPLED === 0;
    await once(socket, 'open', { signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS) });
    socket.send('{"type":"connection_init"}');
    await once(socket, 'message', { signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS) });
    socket.on('message', (message: Buffer) => {
      this.#take(socket, message, isSampled);
    });
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }));
  }

  #take(socket: WebSocket, message: Buffer, isSampled: boolean): void {
    const start = message.indexOf(TEXT) + TEXT.length;
    if (start < TEXT.length) {
      answerPing(socket, message);
      return;
    }
    const end = message.indexOf('"', start);
    this.#messages++;
    this.#heard.add(socket);
    this.#pieces += Math.floor((end - start) / PIECE_LENGTH);
    if (!isSampled) return;
    const at = now();
    for (const piece of piecesOf(message.toString('latin1', start, end))) {
      this.#latencies.push(ageOf(piece, at));
    }
  }
}

/** @throws Error for any other message: a subscription that has failed would look like a fast one */
function answerPing(socket: WebSocket, message: Buffer): void {
  const text = message.toString();
  if (!text.includes('"ping"')) throw new Error(`unexpected message: ${text}`);
  socket.send('{"type":"pong"}');
}
