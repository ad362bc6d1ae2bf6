import { LRUCache } from 'lru-cache';

/** Characters of all documents that are kept together, and of one. A parsed one takes up to 300 times as much. */
const MAX_TOTAL_CHARACTERS = 500_000;
const MAX_DOCUMENT_CHARACTERS = 50_000;

interface DocumentCache<T> {
  get(source: string): T | undefined;
  set(source: string, value: T): unknown;
}

/** Yoga's own counts documents, each of which may be as long as a body. */
export function createDocumentCache<T extends object>(): DocumentCache<T> {
  return new LRUCache<string, T>({
    maxSize: MAX_TOTAL_CHARACTERS,
    maxEntrySize: MAX_DOCUMENT_CHARACTERS,
    sizeCalculation: (_value, source) => Math.max(1, source.length),
  });
}
