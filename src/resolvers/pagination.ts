import { createHash } from 'node:crypto';

import type { MessageCursor } from '../copilot/history/session-history.ts';
import { createInputError } from '../errors/common-errors.ts';
import type { GatewayError } from '../errors/gateway-error.ts';
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
  /** Whether the page is taken from the end of the range instead of its start. */
  readonly fromEnd: boolean;
}

const PAGE_SIZE_RANGE = [1, 100] as const;

/** @throws {GatewayError} BAD_USER_INPUT if both `first` and `last` are given, or a size is outside of 1 to 100 */
export function resolvePageSize({ first, last }: PageArgs, defaultSize: PageSize): PageSize {
  if (first != null && last != null) {
    throw createInputError('last', 'must not be given together with first');
  }
  if (first != null) validateRange('first', first, PAGE_SIZE_RANGE);
  if (last != null) validateRange('last', last, PAGE_SIZE_RANGE);
  if (first != null) return { limit: first, fromEnd: false };
  return last == null ? defaultSize : { limit: last, fromEnd: true };
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

/** Encodes the position of an object in a list as a cursor that is opaque to clients. */
export function encodeListCursor(position: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws {GatewayError} BAD_USER_INPUT if the text was not returned by {@link encodeListCursor} */
export function decodeListCursor(field: string, cursor: string): readonly unknown[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(position)) return position;
  } catch {
    // The text is not JSON; it is reported like JSON that is not a list.
  }
  throw createInvalidCursorError(field);
}

export function createInvalidCursorError(field: string): GatewayError {
  return createInputError(field, 'must be a cursor of this list');
}

const HASH_LENGTH = 11;

/** Encodes and decodes the cursors of the messages of one session. They are valid while the message is in the history. */
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

  /** @throws {GatewayError} BAD_USER_INPUT if the text is not a cursor of a message of this session */
  decode(field: string, cursor: string): MessageCursor {
    const [hash, messageId, side, ...rest] = decodeListCursor(field, cursor);
    if (typeof messageId !== 'string' || (side !== 'start' && side !== 'end') || rest.length > 0) {
      throw createInvalidCursorError(field);
    }
    if (hash !== this.#sessionHash) {
      throw createInputError(field, 'must be a cursor of this session');
    }
    return { messageId, side };
  }
}
