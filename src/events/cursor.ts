import { createHash } from 'node:crypto';

import { GatewayError } from '../errors/gateway-error.ts';

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

/** Counts in no log: such a position is always found by its anchor. */
export const NO_EPOCH = Buffer.alloc(EPOCH_BYTES).toString('base64url');

/** "I have every change of this session up to here." */
export interface StreamPosition {
  /** How often the history had been rewritten. */
  readonly rewinds: number;
  /** Which log the sequence number counts in; base64url of EPOCH_BYTES bytes. */
  readonly epoch: string;
  readonly sequence: number;
  /** The newest event of the runtime's journal up to there, by which another log finds the place; null: before all. */
  readonly journalEventId: string | null;
}

/** The cursors of one session: of constant size, opaque to clients, and valid for it only. */
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

  /** @throws Failure BAD_USER_INPUT for what is no cursor, or another session's */
  decode(cursor: string): StreamPosition {
    const bytes = Buffer.from(cursor, 'base64url');
    if (bytes.length !== LENGTH || bytes[0] !== VERSION || bytes.toString('base64url') !== cursor) {
      throw new GatewayError('BAD_USER_INPUT', 'after: this is not a cursor.');
    }
    if (!bytes.subarray(1, REWINDS_OFFSET).equals(this.#sessionHash)) {
      throw new GatewayError('BAD_USER_INPUT', 'after: this cursor belongs to another session.');
    }
    return {
      rewinds: bytes.readUInt32BE(REWINDS_OFFSET),
      epoch: bytes.subarray(EPOCH_OFFSET, SEQUENCE_OFFSET).toString('base64url'),
      sequence: bytes.readUIntBE(SEQUENCE_OFFSET, SEQUENCE_BYTES),
      journalEventId: decodeJournalEventId(bytes.subarray(JOURNAL_EVENT_ID_OFFSET)),
    };
  }
}

/** Only an event with such an id can be an anchor. */
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
