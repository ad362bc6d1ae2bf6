import { createHash } from 'node:crypto';

import type { MessagePlace } from '../copilot/history/session-history.ts';
import { badInput } from './input.ts';
import { decodePosition, encodePosition } from './pagination.ts';

const HASH_LENGTH = 11;

/** The cursors of one session's messages: valid as long as the message is in the history. */
export class MessageCursors {
  readonly #hash: string;

  constructor(sessionId: string) {
    this.#hash = createHash('sha256').update(sessionId).digest('base64url').slice(0, HASH_LENGTH);
  }

  encode({ messageId, side }: MessagePlace): string {
    return encodePosition([this.#hash, messageId, side]);
  }

  /** @throws Failure BAD_USER_INPUT, naming the field, for what is no cursor of a message, or another session's */
  decode(field: string, cursor: string): MessagePlace {
    const [hash, messageId, side, ...rest] = decodePosition(field, cursor);
    if (typeof messageId !== 'string' || (side !== 'start' && side !== 'end') || rest.length > 0) {
      throw badInput(field, 'this is not a cursor of this list');
    }
    if (hash !== this.#hash) throw badInput(field, 'this cursor belongs to another session');
    return { messageId, side };
  }
}
