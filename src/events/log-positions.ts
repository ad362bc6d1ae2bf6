import { randomBytes } from 'node:crypto';

import { createCursorExpiredError } from '../errors/common-errors.ts';
import { CursorCodec, EPOCH_BYTES, type StreamPosition } from './cursor.ts';
import type { JournalIndex, LogOffset } from './journal-index.ts';

interface LogPositionsOptions {
  readonly sessionId: string;
  /** How often the history was rewritten before the log was created. */
  readonly rewinds: number;
  readonly journalIndex: JournalIndex;
}

/** Translates between positions inside one log and cursors, which are valid outside of it. */
export class LogPositions {
  readonly #epoch = randomBytes(EPOCH_BYTES).toString('base64url');
  readonly #journalIndex: JournalIndex;
  readonly #cursorCodec: CursorCodec;
  #rewinds: number;

  constructor({ sessionId, rewinds, journalIndex }: LogPositionsOptions) {
    this.#cursorCodec = new CursorCodec(sessionId);
    this.#rewinds = rewinds;
    this.#journalIndex = journalIndex;
  }

  get rewinds(): number {
    return this.#rewinds;
  }

  /** Grows when the cursor of an earlier sequence number becomes another one. */
  get revision(): number {
    return this.#journalIndex.revision;
  }

  encodeCursor(sequence: number): string {
    return this.prepareCursor(sequence)();
  }

  /** Fixes the position now and encodes it when called, because encoding is what costs. */
  prepareCursor(sequence: number): () => string {
    const journalEventId = this.#journalIndex.findEventId(sequence);
    const position = this.toStreamPosition({ sequence, journalEventId });
    return () => this.#cursorCodec.encode(position);
  }

  toStreamPosition({ sequence, journalEventId }: LogOffset): StreamPosition {
    return {
      rewinds: this.#rewinds,
      epoch: this.#epoch,
      sequence,
      journalEventId: this.#journalIndex.resolveLost(journalEventId),
    };
  }

  /**
   * Returns an offset if the log can continue from the cursor, and else the stream position, which is to be
   * found in the journal.
   *
   * @param floor of the log
   * @throws {GatewayError} BAD_USER_INPUT for a malformed cursor or one of another session, CURSOR_EXPIRED for one
   * from before the history was rewritten (S27)
   */
  resolveCursor(cursor: string, floor: number): LogOffset | StreamPosition {
    const position = this.#cursorCodec.decode(cursor);
    if (position.rewinds !== this.#rewinds) throw createCursorExpiredError();
    const { sequence, epoch } = position;
    const journalEventId = this.#journalIndex.resolveLost(position.journalEventId);
    return epoch === this.#epoch && sequence >= floor
      ? { sequence, journalEventId }
      : { ...position, journalEventId };
  }

  /** Makes all earlier cursors invalid, because the history was rewritten. */
  rewind(): void {
    this.#rewinds++;
    this.#journalIndex.clear();
  }
}
