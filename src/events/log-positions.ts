import { randomBytes } from 'node:crypto';

import { cursorExpired, Cursors, EPOCH_BYTES, isAnchor, type Position } from './cursor.ts';
import type { Place } from './log-reader.ts';
import { Marks } from './marks.ts';

/** What the sequence numbers of one log mean to the outside: cursors, and places in the runtime's journal. */
export class LogPositions {
  readonly #epoch = randomBytes(EPOCH_BYTES).toString('base64url');
  readonly #marks = new Marks();
  readonly #cursors: Cursors;
  #rewinds: number;
  #start: Place | undefined;
  readonly #lost = new Map<string, string | null>();

  /** @param rewinds how often the history was rewritten before */
  constructor(sessionId: string, rewinds: number) {
    this.#cursors = new Cursors(sessionId);
    this.#rewinds = rewinds;
  }

  get rewinds(): number {
    return this.#rewinds;
  }

  get newestMark(): string | null {
    return this.#marks.newest;
  }

  mark(eventId: string, sequence: number): void {
    if (isAnchor(eventId)) this.#marks.add(sequence, eventId);
  }

  /** The history begins here. */
  begin(sequence: number): void {
    this.#start ??= { sequence, anchor: null };
  }

  /** The runtime has lost these events; positions after them are positions after `last`, which it still has. */
  lose(eventIds: readonly string[], last: string | null): void {
    for (const id of eventIds) {
      this.#marks.remove(id);
      this.#lost.set(id, last);
    }
  }

  /** The place after this event of the journal, null for before all; undefined when the log does not reach back to it. */
  placeOf(eventId: string | null, floor: number): Place | undefined {
    const sequence = eventId === null ? this.#start?.sequence : this.#marks.sequenceOf(eventId);
    if (sequence === undefined) return undefined;
    if (sequence >= floor) return { sequence, anchor: eventId };
    // What was forgotten since is in no journal: waiting for the next event of it would not bring it back.
    return eventId !== null && eventId === this.newestMark
      ? { sequence: floor, anchor: eventId }
      : undefined;
  }

  anchorAt(sequence: number): string | null {
    return this.#marks.anchorAt(sequence);
  }

  cursorAt(sequence: number): string {
    return this.laterCursorAt(sequence)();
  }

  /** As it is now, written when it is asked for: that is what costs. */
  laterCursorAt(sequence: number): () => string {
    const position = this.positionOf({ sequence, anchor: this.anchorAt(sequence) });
    return () => this.#cursors.encode(position);
  }

  positionOf(place: Place): Position {
    const { sequence, anchor } = place;
    const position = { rewinds: this.#rewinds, epoch: this.#epoch, sequence };
    return { ...position, anchor: this.#stillThere(anchor) };
  }

  /**
   * A place of this log, or a position that has to be found by its anchor.
   * @throws Failure BAD_USER_INPUT, and CURSOR_EXPIRED for one from before the history was rewritten
   */
  find(cursor: string, floor: number): Place | Position {
    const position = this.#cursors.decode(cursor);
    if (position.rewinds !== this.#rewinds) throw cursorExpired();
    const { sequence } = position;
    const anchor = this.#stillThere(position.anchor);
    return position.epoch === this.#epoch && sequence >= floor
      ? { sequence, anchor }
      : { ...position, anchor };
  }

  forgetBefore(sequence: number): void {
    this.#marks.forgetBefore(sequence);
  }

  /** The history was rewritten: no position from before means anything. */
  rewind(): void {
    this.#rewinds++;
    this.#marks.clear();
    this.#start = undefined;
  }

  #stillThere(anchor: string | null): string | null {
    const instead = anchor === null ? undefined : this.#lost.get(anchor);
    return instead === undefined ? anchor : this.#stillThere(instead);
  }
}
