import { badInput, checkRange } from './input.ts';

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

export interface Page<T> {
  readonly edges: readonly Edge<T>[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

export interface PageSize {
  readonly limit: number;
  /** From the end of the range instead of its start. */
  readonly fromEnd: boolean;
}

const SIZES = [1, 100] as const;

/** @throws Failure BAD_USER_INPUT for both `first` and `last`, or a size outside 1..100 */
export function pageSize({ first, last }: PageArgs, absent: PageSize): PageSize {
  if (first != null && last != null)
    throw badInput('last', 'must not be given together with first');
  if (first != null) checkRange('first', first, SIZES);
  if (last != null) checkRange('last', last, SIZES);
  if (first != null) return { limit: first, fromEnd: false };
  return last == null ? absent : { limit: last, fromEnd: true };
}

/** Opaque to clients. */
export function encodePosition(position: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws Failure BAD_USER_INPUT naming the field */
export function decodePosition(field: string, cursor: string): readonly unknown[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(position)) return position;
  } catch {
    // Not made by us: said below.
  }
  throw badInput(field, 'this is not a cursor of this list');
}

/** Of a list that is held whole. */
export function pageOf<T extends { readonly id: string }>(
  items: readonly T[],
  args: PageArgs,
  size: PageSize,
): Page<T> {
  const start = args.after == null ? 0 : indexOf(items, 'after', args.after) + 1;
  const end = args.before == null ? items.length : indexOf(items, 'before', args.before);
  const from = size.fromEnd ? Math.max(start, end - size.limit) : start;
  const to = size.fromEnd ? end : Math.min(end, start + size.limit);
  const edges = items
    .slice(from, Math.max(from, to))
    .map((node) => ({ cursor: encodePosition([node.id]), node }));
  return { edges, hasPreviousPage: from > 0, hasNextPage: to < items.length };
}

function indexOf(items: readonly { readonly id: string }[], field: string, cursor: string): number {
  const [id] = decodePosition(field, cursor);
  const index = items.findIndex((item) => item.id === id);
  if (index < 0) throw badInput(field, 'this is not a cursor of this list');
  return index;
}
