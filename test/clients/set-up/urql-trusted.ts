import {
  type Exchange,
  formatDocument,
  makeOperation,
  mapExchange,
  type Operation,
} from '@urql/core';
import { type DocumentNode, print } from 'graphql';

/** Prints a document as the caches send it: with `__typename`. */
function printWithTypenames(document: DocumentNode): string {
  return print(formatDocument(document) as DocumentNode);
}

async function sha256(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Creates the content of TRUSTED_DOCUMENTS_FILE. */
export async function createManifest(documents: readonly DocumentNode[]): Promise<object> {
  const entries = documents
    .map(printWithTypenames)
    .map(async (text) => [await sha256(text), text] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function withHash(operation: Operation): Promise<Operation> {
  const sha256Hash = await sha256(printWithTypenames(operation.query));
  const persistedQuery = { version: 1, sha256Hash } as const;
  return makeOperation(operation.kind, {
    ...operation,
    extensions: { ...operation.extensions, persistedQuery },
  });
}

/** For `hashes` of createUrqlClient: sends the hash of a document instead of its text. */
export const sendHashes: Exchange = mapExchange({ onOperation: withHash });
