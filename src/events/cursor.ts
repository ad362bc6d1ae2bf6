import { createHash } from 'node:crypto';

import { createInputError } from '../errors/common-errors.ts';

const VERSION = 2;
const HASH_BYTES = 8;
export const EPOCH_BYTES = 8;
const SEQUENCE_BYTES = 6;
const JOURNAL_EVENT_ID_BYTES = 16;
const REWINDS_OFFSET = 1 + HASH_BYTES;
const EPOCH_OFFSET = REWINDS_OFFSET + 4;
const SEQUENCE_OFFSET = EPOCH_OFFSET + EPOCH_BYTES;
const JOURNAL_EVENT_ID_OFFSET = SEQUENCE_OFFSET + SEQUENCE_BYTES;
const LENGTH = JOURNAL_EVENT_ID_OFFSET + JOURNAL_EVENT_ID_BYTES;

/** The epoch of no log: a position with it is always found by its journal event (S22 in docs/streaming.md). */
export const NO_EPOCH = Buffer.alloc(EPOCH_BYTES).toString('base64url');

/** A decoded cursor: every change of the session up to here was received. */
export interface StreamPosition {
  /** How often the history was rewritten before. */
  readonly rewinds: number;
  /** Id of the log that the sequence number belongs to; base64url of EPOCH_BYTES bytes. */
  readonly epoch: string;
  readonly sequence: number;
  /** The newest journal event at or before the sequence, which locates the position in another log; null for none. */
  readonly journalEventId: string | null;
}

/**
 * Encodes and decodes the cursors of one session: opaque to clients, of constant size, and valid for this
 * session only (S28 in docs/streaming.md).
 *
 *     version  session hash  rewinds  epoch  sequence  journal event id
 *     1        8             4        8      6         16 bytes
 */
export class CursorCodec {
  readonly #sessionHash: Buffer;

  constructor(sessionId: string) {
    this.#sessionHash = createHash('sha256').update(sessionId).digest().subarray(0, HASH_BYTES);
  }

  encode(position: StreamPosition): string {
    const bytes = Buffer.alloc(LENGTH);
    bytes.writeUInt8(VERSION, 0);
    this.#sessionHash.copy(bytes, 1);
    bytes.writeUInt32BE(position.rewinds, REWINDS_OFFSET);
    bytes.write(position.epoch, EPOCH_OFFSET, 'base64url');
    bytes.writeUIntBE(position.sequence, SEQUENCE_OFFSET, SEQUENCE_BYTES);
    if (position.journalEventId !== null) {
      bytes.write(position.journalEventId.replaceAll('-', ''), JOURNAL_EVENT_ID_OFFSET, 'hex');
    }
    return bytes.toString('base64url');
  }

  /** @throws {GatewayError} BAD_USER_INPUT for malformed text or a cursor of another session */
  decode(cursor: string): StreamPosition {
    const bytes = Buffer.from(cursor, 'base64url');
    if (bytes.length !== LENGTH || bytes[0] !== VERSION || bytes.toString('base64url') !== cursor) {
      throw createInputError('after', 'must be a cursor');
    }
    if (!bytes.subarray(1, REWINDS_OFFSET).equals(this.#sessionHash)) {
      throw createInputError('after', 'must be a cursor of this session');
    }
    return {
      rewinds: bytes.readUInt32BE(REWINDS_OFFSET),
      epoch: bytes.subarray(EPOCH_OFFSET, SEQUENCE_OFFSET).toString('base64url'),
      sequence: bytes.readUIntBE(SEQUENCE_OFFSET, SEQUENCE_BYTES),
      journalEventId: decodeJournalEventId(bytes.subarray(JOURNAL_EVENT_ID_OFFSET)),
    };
  }
}

/** Tells whether a cursor can name this event. */
export function isUuid(eventId: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(eventId);
}

function decodeJournalEventId(bytes: Buffer): string | null {
  if (bytes.every((byte) => byte === 0)) return null;
  const hex = bytes.toString('hex');
  const parts = [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ] as const;
  return parts.map(([from, to]) => hex.slice(from, to)).join('-');
}
