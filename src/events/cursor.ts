import { createHash } from 'node:crypto';

import { Failure } from './failure.ts';

const VERSION = 1;
const HASH_BYTES = 8;
export const EPOCH_BYTES = 8;
const SEQUENCE_BYTES = 6;
const LENGTH = 1 + HASH_BYTES + EPOCH_BYTES + SEQUENCE_BYTES;

/** "I have every change of this session up to here." */
export interface Position {
  /** Which log the sequence number counts in; base64url of EPOCH_BYTES random bytes. */
  readonly epoch: string;
  readonly sequence: number;
}

/** Constant size, opaque to clients, and valid for one session only. */
export function encodeCursor(sessionId: string, position: Position): string {
  const bytes = Buffer.alloc(LENGTH);
  bytes.writeUInt8(VERSION, 0);
  sessionHash(sessionId).copy(bytes, 1);
  Buffer.from(position.epoch, 'base64url').copy(bytes, 1 + HASH_BYTES);
  bytes.writeUIntBE(position.sequence, LENGTH - SEQUENCE_BYTES, SEQUENCE_BYTES);
  return bytes.toString('base64url');
}

/** @throws Failure BAD_USER_INPUT for what is no cursor, or another session's */
export function decodeCursor(sessionId: string, cursor: string): Position {
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.length !== LENGTH || bytes[0] !== VERSION || bytes.toString('base64url') !== cursor) {
    throw new Failure('BAD_USER_INPUT', 'after: this is not a cursor.');
  }
  if (!bytes.subarray(1, 1 + HASH_BYTES).equals(sessionHash(sessionId))) {
    throw new Failure('BAD_USER_INPUT', 'after: this cursor belongs to another session.');
  }
  return {
    epoch: bytes.subarray(1 + HASH_BYTES, 1 + HASH_BYTES + EPOCH_BYTES).toString('base64url'),
    sequence: bytes.readUIntBE(LENGTH - SEQUENCE_BYTES, SEQUENCE_BYTES),
  };
}

function sessionHash(sessionId: string): Buffer {
  return createHash('sha256').update(sessionId).digest().subarray(0, HASH_BYTES);
}
