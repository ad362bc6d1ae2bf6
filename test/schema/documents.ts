import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type DocumentNode, parse, Source } from 'graphql';

export const documentsFolder = join(import.meta.dirname, '../documents');

export interface DocumentFile {
  /** Below test/documents. */
  readonly path: string;
  readonly document: DocumentNode;
}

export function readDocuments(): DocumentFile[] {
  return readdirSync(documentsFolder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.graphql'))
    .sort()
    .map((path) => {
      const text = readFileSync(join(documentsFolder, path), 'utf8');
      return { path, document: parse(new Source(text, path)) };
    });
}

/** Documents that use Relay's own directives, which no schema declares. */
export function isRelayOnly({ path }: DocumentFile): boolean {
  return path.startsWith('relay-only');
}
