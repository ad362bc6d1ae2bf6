import { createHash } from 'node:crypto';

import { getOperationAST, parse } from 'graphql';
import type { Logger } from 'pino';

import type { TrustedDocumentsConfig } from '../../config/config.ts';
import { createUntrustedDocumentError } from '../../resolvers/errors.ts';

/** What a client sent; the transports check the rest. */
export interface DocumentRequest {
  readonly query?: unknown;
  /** Of the appendix on persisted documents of GraphQL over HTTP: `sha256:<hexadecimal>`. */
  readonly documentId?: unknown;
  readonly operationName?: unknown;
  /** With `persistedQuery.sha256Hash`, as clients of Apollo's protocol send it. */
  readonly extensions?: unknown;
}

/** Longest document that is read for the sake of its name. */
const MAX_TOKENS = 5_000;

/** The one look-up of trusted documents, for every transport. */
export class TrustedDocuments {
  readonly #config: TrustedDocumentsConfig;
  readonly #logger: Logger;

  constructor(config: TrustedDocumentsConfig, log: Logger) {
    this.#config = config;
    this.#logger = log;
  }

  /**
   * @returns the text to run: the manifest's, or the client's own where that is let pass
   * @throws GraphQLError DOCUMENT_NOT_TRUSTED
   */
  resolveDocument(asked: DocumentRequest, correlationId: string): unknown {
    const { query } = asked;
    const { mode, documents } = this.#config;
    if (mode === 'off') return query;
    const text = typeof query === 'string' ? query : '';
    const hash = findDocumentHash(asked) ?? hashDocument(text);
    const trusted = documents.get(hash);
    if (trusted !== undefined) return trusted;
    const operationName = findOperationName(text, asked.operationName);
    this.#logger.warn(
      { documentHash: hash, operationName, requestId: correlationId },
      'document is not trusted',
    );
    if (mode === 'enforce' || text === '') throw createUntrustedDocumentError(correlationId);
    return text;
  }
}

/** Of the document that a client names instead of sending it, or besides. */
function findDocumentHash({ documentId, extensions }: DocumentRequest): string | undefined {
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: unknown };
  const { sha256Hash } = (persistedQuery ?? {}) as { sha256Hash?: unknown };
  const id = documentId ?? sha256Hash;
  if (typeof id !== 'string') return undefined;
  return /^(?:sha256:)?([0-9a-f]{64})$/i.exec(id)?.[1]?.toLowerCase();
}

function hashDocument(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A name from the document itself: what a client says besides could be anything. */
function findOperationName(text: string, operationName: unknown): string | null {
  try {
    const document = parse(text, { maxTokens: MAX_TOKENS });
    const asked = typeof operationName === 'string' ? operationName : null;
    return getOperationAST(document, asked)?.name?.value ?? null;
  } catch {
    return null;
  }
}
