import { createHash } from 'node:crypto';

import type { MessageCursor } from '../copilot/history/session-history.ts';
import { createInputError } from '../errors/common-errors.ts';
import { validateRange } from './input/fields.ts';

export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

export interface Page<T> {
  readonly edges: readonly Edge<T>[];
  readonly pageInfo: PageInfo;
}

export interface PageSize {
  readonly limit: number;
  /** From the end of the range instead of its start. */
  readonly fromEnd: boolean;
}

const PAGE_SIZE_RANGE = [1, 100] as const;

/** @throws Failure BAD_USER_INPUT for both `first` and `last`, or a size outside 1..100 */
export function resolvePageSize({ first, last }: PageArgs, absent: PageSize): PageSize {
  if (first != null && last != null)
    throw createInputError('last', 'must not be given together with first');
  if (first != null) validateRange('first', first, PAGE_SIZE_RANGE);
  if (last != null) validateRange('last', last, PAGE_SIZE_RANGE);
  if (first != null) return { limit: first, fromEnd: false };
  return last == null ? absent : { limit: last, fromEnd: true };
}

export function createPage<T>(
  edges: readonly Edge<T>[],
  { hasNext, hasPrevious }: { readonly hasNext: boolean; readonly hasPrevious: boolean },
): Page<T> {
  return {
    edges,
    pageInfo: {
      hasNextPage: hasNext,
      hasPreviousPage: hasPrevious,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** Opaque to clients. */
export function encodeListCursor(position: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws Failure BAD_USER_INPUT naming the field */
export function decodeListCursor(field: string, cursor: string): readonly unknown[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(position)) return position;
  } catch {
    // Not made by us: said below.
  }
  throw createInputError(field, 'this is not a cursor of this list');
}

const HASH_LENGTH = 11;

/** The cursors of one session's messages: valid as long as the message is in the history. */
export class MessageCursorCodec {
  readonly #sessionHash: string;

  constructor(sessionId: string) {
    this.#sessionHash = createHash('sha256')
      .update(sessionId)
      .digest('base64url')
      .slice(0, HASH_LENGTH);
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
    if (hash !== this.#sessionHash)
      throw createInputError(field, 'this cursor belongs to another session');
    return { messageId, side };
  }
}
