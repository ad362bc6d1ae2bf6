import { createHash } from 'node:crypto';

import { getOperationAST, parse } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';

import type { TrustedDocumentsConfig } from '../../config/config.ts';
import { createUntrustedDocumentError } from '../../resolvers/errors.ts';
import { getRequestContext } from './request-context.ts';

/** The parts of an operation that name its document, as the client sent them. */
export interface DocumentRequest {
  readonly query?: unknown;
  /** `sha256:<hexadecimal>`, as in the appendix on persisted documents of the GraphQL over HTTP specification. */
  readonly documentId?: unknown;
  readonly operationName?: unknown;
  /** May contain `persistedQuery.sha256Hash`, the protocol of Apollo's clients. */
  readonly extensions?: unknown;
}

/** Longest document that is parsed for the name of its operation, which is only logged. */
const MAX_TOKENS = 5_000;

/** Looks up the document of an operation in the operator's manifest, for every transport. */
export class TrustedDocuments {
  readonly #config: TrustedDocumentsConfig;
  readonly #logger: Logger;

  constructor(config: TrustedDocumentsConfig, logger: Logger) {
    this.#config = config;
    this.#logger = logger;
  }

  /**
   * Returns the document to run: the manifest's, or the client's own if any document may run.
   *
   * @throws {GraphQLError} DOCUMENT_NOT_TRUSTED
   */
  resolveDocument(request: DocumentRequest, correlationId: string): unknown {
    const { query } = request;
    const { mode, documents } = this.#config;
    if (mode === 'off') return query;
    const text = typeof query === 'string' ? query : '';
    const documentHash =
      findDocumentHash(request) ?? createHash('sha256').update(text).digest('hex');
    const trusted = documents.get(documentHash);
    if (trusted !== undefined) return trusted;
    const operationName = findOperationName(text, request.operationName);
    this.#logger.warn(
      { documentHash, operationName, requestId: correlationId },
      'document is not trusted',
    );
    if (mode === 'enforce' || text === '') throw createUntrustedDocumentError(correlationId);
    return text;
  }
}

/** Resolves the documents of requests over HTTP and SSE. The WebSocket transport calls `resolveDocument` itself. */
export function useTrustedDocuments(documents: TrustedDocuments): Plugin {
  return {
    onParams: ({ params, setParams, context }) => {
      const { correlationId } = getRequestContext({ serverContext: context });
      const query = documents.resolveDocument(params, correlationId);
      if (query === params.query) return;
      const { documentId: _documentId, ...rest } = params as GraphQLParams & DocumentRequest;
      setParams({ ...rest, query } as GraphQLParams);
    },
  };
}

/** Returns the hash of the document that a client names instead of sending it, or in addition. */
function findDocumentHash({ documentId, extensions }: DocumentRequest): string | undefined {
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: unknown };
  const { sha256Hash } = (persistedQuery ?? {}) as { sha256Hash?: unknown };
  const id = documentId ?? sha256Hash;
  if (typeof id !== 'string') return undefined;
  return /^(?:sha256:)?([0-9a-f]{64})$/i.exec(id)?.[1]?.toLowerCase();
}

/** Returns the operation's name in the document itself: `operationName` could be any text, and would be logged. */
function findOperationName(text: string, operationName: unknown): string | null {
  try {
    const document = parse(text, { maxTokens: MAX_TOKENS });
    const name = typeof operationName === 'string' ? operationName : null;
    return getOperationAST(document, name)?.name?.value ?? null;
  } catch {
    return null;
  }
}
