import { createHash } from 'node:crypto';

import type { MessageCursor } from '../copilot/history/session-history.ts';
import { createInputError } from './input.ts';
import { decodeListCursor, encodeListCursor } from './pagination.ts';

const HASH_LENGTH = 11;

/** The cursors of one session's messages: valid as long as the message is in the history. */
export class MessageCursorCodec {
  readonly #sessionHash: string;

  constructor(sessionId: string) {
    this.#sessionHash = createHash('sha256').update(sessionId).digest('base64url').slice(0, HASH_LENGTH);
  }

  encode({ messageId, side }: MessageCursor): string {
    return encodeListCursor([this.#sessionHash, messageId, side]);
  }

  /** @throws Failure BAD_USER_INPUT, naming the field, for what is no cursor of a message, or another session's */
  decode(field: string, cursor: string): MessageCursor {
    const [hash, messageId, side, ...rest] = decodeListCursor(field, cursor);
    if (typeof messageId !== 'string' || (side !== 'start' && side !== 'end') || rest.length > 0) {
      throw createInputError(field, 'this is not a cursor of this list');
    }
    if (hash !== this.#sessionHash) throw createInputError(field, 'this cursor belongs to another session');
    return { messageId, side };
  }
}
