import {
  type Exchange,
  formatDocument,
  makeOperation,
  mapExchange,
  type Operation,
} from '@urql/core';
import { type DocumentNode, print } from 'graphql';

/** As the caches ask for it: with `__typename`. */
function textOf(document: DocumentNode): string {
  return print(formatDocument(document) as DocumentNode);
}

async function sha256(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** For TRUSTED_DOCUMENTS_FILE, as JSON. */
export async function manifestOf(documents: readonly DocumentNode[]): Promise<object> {
  const entries = documents.map(textOf).map(async (text) => [await sha256(text), text] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function named(operation: Operation): Promise<Operation> {
  const sha256Hash = await sha256(textOf(operation.query));
  const persistedQuery = { version: 1, sha256Hash } as const;
  return makeOperation(operation.kind, {
    ...operation,
    extensions: { ...operation.extensions, persistedQuery },
  });
}

/** For urqlClient's `hashes`: sends the hash of a document in its place. */
export const sendHashes: Exchange = mapExchange({ onOperation: named });
