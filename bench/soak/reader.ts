import { type Delta, MergedTexts } from '../../test/support/clients/merge.ts';
import { wait } from '../support/clock.ts';
import { GraphqlSocket } from '../support/graphql-socket.ts';
import type { SoakRecord } from './record.ts';

const query = `subscription ($sessionId: ID!, $after: Cursor, $maxLatencyMs: Int!) {
  messageDelta(sessionId: $sessionId, after: $after, maxLatencyMs: $maxLatencyMs) {
    cursor messageId kind offset text state
  }
}`;

const RETRY_MS = 300;

export interface ReaderOptions {
  /** Asked at each connect. */
  readonly url: () => string;
  readonly sessionId: string;
  readonly maxLatencyMs: number;
  readonly record: SoakRecord;
}

/** A client that comes back where it stopped whenever its line breaks, until it leaves. */
export class Reader {
  /** Settles when it has left. */
  readonly done: Promise<void>;
  readonly #options: ReaderOptions;
  #texts = new MergedTexts();
  #cursor: string | null = null;
  #socket: GraphqlSocket | undefined;
  #hasLeft = false;

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.done = this.#run();
  }

  leave(): void {
    this.#hasLeft = true;
    this.#socket?.close();
  }

  /** Its line breaks; it comes back. */
  cut(): void {
    this.#socket?.terminate();
  }

  async stall(ms: number): Promise<void> {
    const socket = this.#socket;
    socket?.pause();
    await wait(ms);
    socket?.resume();
  }

  #stays(): boolean {
    return !this.#hasLeft;
  }

  async #run(): Promise<void> {
    while (this.#stays()) {
      try {
        this.#socket = await GraphqlSocket.connect(this.#options.url());
        if (this.#stays()) this.#begin(await this.#readToEnd(this.#socket));
      } catch {
        // The gateway is away.
      }
      this.#socket?.terminate();
      if (this.#stays()) await wait(RETRY_MS);
    }
  }

  #readToEnd(socket: GraphqlSocket): Promise<string | null> {
    const { sessionId, maxLatencyMs } = this.#options;
    const variables = { sessionId, maxLatencyMs, after: this.#cursor };
    return new Promise((resolve) => {
      socket.subscribe(
        { query, variables },
        {
          next: (data) => {
            this.#take(data['messageDelta'] as Delta & { readonly cursor: string });
          },
          end: resolve,
        },
      );
    });
  }

  /** What it holds is worth nothing when its position is no longer held. */
  #begin(problem: string | null): void {
    if (!problem?.includes('CURSOR_EXPIRED')) return;
    this.#options.record.counts.expiredCursors++;
    this.#texts = new MergedTexts();
    this.#cursor = null;
  }

  #take(delta: Delta & { readonly cursor: string }): void {
    const { record } = this.#options;
    try {
      this.#texts.apply(delta);
    } catch (error) {
      record.faults.push(String(error).slice(0, 200));
    }
    this.#cursor = delta.cursor;
    if (delta.state !== 'COMPLETE' || delta.kind !== 'CONTENT') return;
    record.read({ messageId: delta.messageId, text: this.#texts.get(delta.messageId) ?? '' });
  }
}
