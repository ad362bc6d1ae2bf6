import { createHash } from 'node:crypto';

import { Failure } from '../errors/gateway-error.ts';

const VERSION = 2;
const HASH_BYTES = 8;
export const EPOCH_BYTES = 8;
const SEQUENCE_BYTES = 6;
const ANCHOR_BYTES = 16;
const REWINDS_AT = 1 + HASH_BYTES;
const EPOCH_AT = REWINDS_AT + 4;
const SEQUENCE_AT = EPOCH_AT + EPOCH_BYTES;
const ANCHOR_AT = SEQUENCE_AT + SEQUENCE_BYTES;
const LENGTH = ANCHOR_AT + ANCHOR_BYTES;

/** Counts in no log: such a position is always found by its anchor. */
export const NO_EPOCH = Buffer.alloc(EPOCH_BYTES).toString('base64url');

/** "I have every change of this session up to here." */
export interface Position {
  /** How often the history had been rewritten. */
  readonly rewinds: number;
  /** Which log the sequence number counts in; base64url of EPOCH_BYTES bytes. */
  readonly epoch: string;
  readonly sequence: number;
  /** The newest event of the runtime's journal up to there, by which another log finds the place; null: before all. */
  readonly anchor: string | null;
}

/** The cursors of one session: of constant size, opaque to clients, and valid for it only. */
export class Cursors {
  readonly #hash: Buffer;

  constructor(sessionId: string) {
    this.#hash = createHash('sha256').update(sessionId).digest().subarray(0, HASH_BYTES);
  }

  encode(position: Position): string {
    const bytes = Buffer.alloc(LENGTH);
    bytes.writeUInt8(VERSION, 0);
    this.#hash.copy(bytes, 1);
    bytes.writeUInt32BE(position.rewinds, REWINDS_AT);
    bytes.write(position.epoch, EPOCH_AT, 'base64url');
    bytes.writeUIntBE(position.sequence, SEQUENCE_AT, SEQUENCE_BYTES);
    if (position.anchor !== null) {
      bytes.write(position.anchor.replaceAll('-', ''), ANCHOR_AT, 'hex');
    }
    return bytes.toString('base64url');
  }

  /** @throws Failure BAD_USER_INPUT for what is no cursor, or another session's */
  decode(cursor: string): Position {
    const bytes = Buffer.from(cursor, 'base64url');
    if (bytes.length !== LENGTH || bytes[0] !== VERSION || bytes.toString('base64url') !== cursor) {
      throw new Failure('BAD_USER_INPUT', 'after: this is not a cursor.');
    }
    if (!bytes.subarray(1, REWINDS_AT).equals(this.#hash)) {
      throw new Failure('BAD_USER_INPUT', 'after: this cursor belongs to another session.');
    }
    return {
      rewinds: bytes.readUInt32BE(REWINDS_AT),
      epoch: bytes.subarray(EPOCH_AT, SEQUENCE_AT).toString('base64url'),
      sequence: bytes.readUIntBE(SEQUENCE_AT, SEQUENCE_BYTES),
      anchor: anchorText(bytes.subarray(ANCHOR_AT)),
    };
  }
}

/** Only an event with such an id can be an anchor. */
export function isAnchor(eventId: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(eventId);
}

function anchorText(bytes: Buffer): string | null {
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

export function cursorExpired(): Failure {
  return new Failure(
    'CURSOR_EXPIRED',
    'The position is no longer held: query `cursor` and `messages`, then subscribe again.',
  );
}
