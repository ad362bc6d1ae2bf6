import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type DocumentNode, parse, Source } from 'graphql';

const documentsDirectory = join(import.meta.dirname, '../documents');

export interface DocumentFile {
  /** Path relative to test/documents. */
  readonly path: string;
  readonly document: DocumentNode;
}

export function readDocuments(): DocumentFile[] {
  return readdirSync(documentsDirectory, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.graphql'))
    .sort()
    .map((path) => {
      const text = readFileSync(join(documentsDirectory, path), 'utf8');
      return { path, document: parse(new Source(text, path)) };
    });
}

/** Tells whether a document uses directives of Relay, which no schema declares. */
export function isRelayOnly({ path }: DocumentFile): boolean {
  return path.startsWith('relay-only');
}
