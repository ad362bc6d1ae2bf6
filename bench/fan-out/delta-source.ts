import { randomUUID } from 'node:crypto';

import { now } from '../support/clock.ts';
import { stampedPiece } from '../support/stamps.ts';

/** A positional patch, as the peers deliver it; a gateway cuts its own out of the same text. */
export interface Delta {
  readonly cursor: string;
  readonly messageId: string;
  readonly kind: 'CONTENT';
  readonly offset: number;
  readonly text: string;
  readonly state: 'STREAMING' | 'COMPLETE';
}

export interface Pace {
  readonly perSecond: number;
  /** How many deltas; null: until it is stopped. */
  readonly count: number | null;
}

const PIECES_A_MESSAGE = 500;
/** As long as the cursors of the gateway. */
const CURSOR_LENGTH = 58;

/** Deltas of one message after another at a steady pace; what the process is too busy for is made up for later. */
export class DeltaSource {
  readonly #publish: (delta: Delta) => void;
  #emitted = 0;
  #messageId = randomUUID();
  #offset = 0;

  constructor(publish: (delta: Delta) => void) {
    this.#publish = publish;
  }

  /** Deltas so far; the ends of messages are not counted. */
  get emitted(): number {
    return this.#emitted;
  }

  start({ perSecond, count }: Pace): void {
    const startedAt = now();
    const first = this.#emitted;
    const last = count === null ? Number.POSITIVE_INFINITY : first + count;
    const dueAt = (index: number): number => startedAt + ((index - first) * 1_000) / perSecond;
    const tick = (): void => {
      // One at a time, so that a server that cannot keep up still gets to its sockets.
      if (dueAt(this.#emitted) <= now()) this.#emit(dueAt(this.#emitted));
      if (this.#emitted < last) this.#next(tick, dueAt(this.#emitted) - now());
    };
    tick();
  }

  #next(tick: () => void, inMs: number): void {
    if (inMs > 0) setTimeout(tick, inMs);
    else setImmediate(tick);
  }

  #emit(at: number): void {
    this.#patch(stampedPiece(at), 'STREAMING');
    if (++this.#emitted % PIECES_A_MESSAGE > 0) return;
    this.#patch('', 'COMPLETE');
    this.#messageId = randomUUID();
    this.#offset = 0;
  }

  #patch(text: string, state: Delta['state']): void {
    const cursor = String(this.#emitted).padStart(CURSOR_LENGTH, 'A');
    const [messageId, offset] = [this.#messageId, this.#offset];
    this.#offset += text.length;
    this.#publish({ cursor, messageId, kind: 'CONTENT', offset, text, state });
  }
}
