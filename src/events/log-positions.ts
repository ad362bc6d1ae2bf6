import { randomBytes } from 'node:crypto';

import { createCursorExpiredError } from '../errors/common-errors.ts';
import { CursorCodec, EPOCH_BYTES, isUuid, type StreamPosition } from './cursor.ts';
import { JournalIndex } from './journal-index.ts';
import type { LogOffset } from './log-reader.ts';

/** What the sequence numbers of one log mean to the outside: cursors, and places in the runtime's journal. */
export class LogPositions {
  readonly #epoch = randomBytes(EPOCH_BYTES).toString('base64url');
  readonly #journalIndex = new JournalIndex();
  readonly #cursorCodec: CursorCodec;
  #rewinds: number;
  #historyStart: LogOffset | undefined;
  readonly #replacements = new Map<string, string | null>();

  /** @param rewinds how often the history was rewritten before */
  constructor(sessionId: string, rewinds: number) {
    this.#cursorCodec = new CursorCodec(sessionId);
    this.#rewinds = rewinds;
  }

  get rewinds(): number {
    return this.#rewinds;
  }

  get lastJournalEventId(): string | null {
    return this.#journalIndex.lastEventId;
  }

  recordJournalEvent(eventId: string, sequence: number): void {
    if (isUuid(eventId)) this.#journalIndex.add(sequence, eventId);
  }

  /** The history begins here. */
  setHistoryStart(sequence: number): void {
    this.#historyStart ??= { sequence, journalEventId: null };
  }

  /** The runtime has lost these events; positions after them are positions after `last`, which it still has. */
  remapLostEvents(eventIds: readonly string[], last: string | null): void {
    for (const id of eventIds) {
      this.#journalIndex.remove(id);
      this.#replacements.set(id, last);
    }
  }

  /** The place after this event of the journal, null for before all; undefined when the log does not reach back to it. */
  findOffsetAfter(eventId: string | null, floor: number): LogOffset | undefined {
    const sequence =
      eventId === null ? this.#historyStart?.sequence : this.#journalIndex.findSequence(eventId);
    if (sequence === undefined) return undefined;
    if (sequence >= floor) return { sequence, journalEventId: eventId };
    // What was forgotten since is in no journal: waiting for the next event of it would not bring it back.
    return eventId !== null && eventId === this.lastJournalEventId
      ? { sequence: floor, journalEventId: eventId }
      : undefined;
  }

  findJournalEventId(sequence: number): string | null {
    return this.#journalIndex.findEventId(sequence);
  }

  encodeCursor(sequence: number): string {
    return this.prepareCursor(sequence)();
  }

  /** As it is now, written when it is asked for: that is what costs. */
  prepareCursor(sequence: number): () => string {
    const position = this.toStreamPosition({
      sequence,
      journalEventId: this.findJournalEventId(sequence),
    });
    return () => this.#cursorCodec.encode(position);
  }

  toStreamPosition(place: LogOffset): StreamPosition {
    const { sequence, journalEventId } = place;
    const position = { rewinds: this.#rewinds, epoch: this.#epoch, sequence };
    return { ...position, journalEventId: this.#resolveLostEvent(journalEventId) };
  }

  /**
   * A place of this log, or a position that has to be found by its anchor.
   * @throws Failure BAD_USER_INPUT, and CURSOR_EXPIRED for one from before the history was rewritten
   */
  resolveCursor(cursor: string, floor: number): LogOffset | StreamPosition {
    const position = this.#cursorCodec.decode(cursor);
    if (position.rewinds !== this.#rewinds) throw createCursorExpiredError();
    const { sequence } = position;
    const journalEventId = this.#resolveLostEvent(position.journalEventId);
    return position.epoch === this.#epoch && sequence >= floor
      ? { sequence, journalEventId }
      : { ...position, journalEventId };
  }

  forgetBefore(sequence: number): void {
    this.#journalIndex.forgetBefore(sequence);
  }

  /** The history was rewritten: no position from before means anything. */
  rewind(): void {
    this.#rewinds++;
    this.#journalIndex.clear();
    this.#historyStart = undefined;
  }

  #resolveLostEvent(anchor: string | null): string | null {
    const instead = anchor === null ? undefined : this.#replacements.get(anchor);
    return instead === undefined ? anchor : this.#resolveLostEvent(instead);
  }
}
