import { GraphQLError, type GraphQLErrorExtensions } from 'graphql';

import { type ErrorCode, errorCodes, Failure } from '../errors/gateway-error.ts';
import { withoutValues } from './variable-error.ts';

export { type ErrorCode, errorCodes };

const PAYLOAD_TOO_LARGE = 413;
const TOO_MANY_REQUESTS = 429;

interface Coded {
  readonly code: ErrorCode;
  readonly retryable: boolean;
}

/** The code that a client gets. */
export function codeFor(error: unknown): ErrorCode {
  return codeOf(asGraphQLError(error));
}

/** Reports what a client must not see. */
export type ReportFault = (error: unknown) => void;

/**
 * The only way by which an error reaches a client, on every transport: `extensions` has `code`,
 * `retryable` and `requestId`; what nobody meant for clients becomes INTERNAL_SERVER_ERROR and is reported.
 */
export function toClientError(
  error: unknown,
  requestId: string,
  report: ReportFault,
): GraphQLError {
  const graphQLError = asGraphQLError(error);
  const coded = classify(graphQLError);
  if (coded.code === 'INTERNAL_SERVER_ERROR') report(graphQLError.originalError ?? graphQLError);
  const { nodes, source, positions, path } = graphQLError;
  const retryAfterMs = retryAfterMsOf(graphQLError);
  return new GraphQLError(messageOf(graphQLError, coded.code), {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    path: path ?? null,
    extensions: {
      ...httpOf(graphQLError, retryAfterMs),
      code: coded.code,
      retryable: coded.retryable,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      requestId,
    },
  });
}

function classify(error: GraphQLError): Coded {
  const code = codeOf(error);
  return { code, retryable: errorCodes[code].retryable };
}

function codeOf(error: GraphQLError): ErrorCode {
  const { code } = error.extensions;
  if (typeof code === 'string' && code in errorCodes) return code as ErrorCode;
  if (error.extensions.http?.status === PAYLOAD_TOO_LARGE) return 'LIMIT_EXCEEDED';
  const original = rootOf(error);
  if (original instanceof Failure) return original.code;
  if (isTooDeep(original ?? error)) return 'LIMIT_EXCEEDED';
  // Without an original error it comes from parsing, validation or variables: the request is at fault.
  return original === undefined ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
}

/** The parser and the validation go down with the nesting of the query. */
function isTooDeep(error: Error): boolean {
  return /call stack size exceeded/i.test(error.message);
}

function messageOf(error: GraphQLError, code: ErrorCode): string {
  if (isTooDeep(rootOf(error) ?? error)) return 'The query is nested too deeply.';
  if (code === 'INTERNAL_SERVER_ERROR') return 'Unexpected error.';
  return rootOf(error)?.message ?? withoutValues(error.message);
}

function rootOf(error: GraphQLError): Error | undefined {
  const { originalError } = error;
  return originalError instanceof GraphQLError ? rootOf(originalError) : originalError;
}

function retryAfterMsOf(error: GraphQLError): number | undefined {
  const original = rootOf(error);
  if (original instanceof Failure) return original.retryAfterMs;
  const { retryAfterMs } = error.extensions;
  return typeof retryAfterMs === 'number' ? retryAfterMs : undefined;
}

/** The HTTP status that the server library chose for what it refuses itself, and when to try again. */
function httpOf(
  { extensions: { http } }: GraphQLError,
  retryAfterMs: number | undefined,
): Pick<GraphQLErrorExtensions, 'http'> {
  if (retryAfterMs === undefined) return http === undefined ? {} : { http };
  return { http: { ...http, headers: { ...http?.headers, ...retryAfter(retryAfterMs) } } };
}

function retryAfter(ms: number): Record<string, string> {
  return { 'retry-after': String(Math.ceil(ms / 1_000)) };
}

function asGraphQLError(error: unknown): GraphQLError {
  return error instanceof GraphQLError
    ? error
    : new GraphQLError('', { originalError: asError(error) });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Of a stream that its client may open again with fresh credentials. */
export const credentialsExpired = new Failure('UNAUTHENTICATED', 'The credentials have expired.');

/** Of a stream that has lasted for as long as one may. */
export const streamTooOld = new Failure(
  'RATE_LIMITED',
  'The stream has lasted as long as one may; subscribe again after its last cursor.',
  { retryAfterMs: 0 },
);

export function shuttingDown(requestId: string): GraphQLError {
  return expected(
    new Failure('SHUTTING_DOWN', 'The gateway is shutting down; subscribe again in a moment.'),
    requestId,
  );
}

export function forbiddenOrigin(requestId: string): GraphQLError {
  return expected(
    new Failure('FORBIDDEN', 'Requests from this origin are not allowed.'),
    requestId,
  );
}

/** Of a document that the operator has not listed. */
export function untrustedDocument(requestId: string): GraphQLError {
  const message = 'Only documents that the operator of this server has listed may be run.';
  const http = { status: 403 };
  const error = new GraphQLError(message, { extensions: { code: 'DOCUMENT_NOT_TRUSTED', http } });
  return toClientError(error, requestId, () => undefined);
}

/** @param header that would have made it acceptable */
export function forbiddenSimpleRequest(header: string, requestId: string): GraphQLError {
  const message = `Any page could send this: POST application/json, or set the header ${header}.`;
  return expected(new Failure('FORBIDDEN', message), requestId);
}

/** @param reason for the client */
export function unauthenticated(reason: string, requestId: string): GraphQLError {
  return expected(new Failure('UNAUTHENTICATED', reason), requestId);
}

/** Of a request that is no GraphQL request at all. */
export function refused(message: string, requestId: string): GraphQLError {
  return expected(new Failure('BAD_USER_INPUT', message), requestId);
}

/** Of an operation of which nothing was done. */
export function refusal(failure: unknown, requestId: string): GraphQLError {
  const error = toClientError(failure, requestId, () => undefined);
  if (error.extensions['code'] === 'RATE_LIMITED') {
    error.extensions.http = { ...error.extensions.http, status: TOO_MANY_REQUESTS };
  }
  return error;
}

export function operationTimedOut(limitMs: number, requestId: string): GraphQLError {
  const message = `The operation took longer than ${limitMs} ms; what it began may go on.`;
  return expected(new Failure('RUNTIME_TIMEOUT', message), requestId);
}

/** Of what is larger than allowed; without the id of a request, since it may be cached with the document. */
export function limitExceeded(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED' satisfies ErrorCode } });
}

/** Of what was foreseen. */
export function expected(failure: Failure, requestId: string): GraphQLError {
  return toClientError(failure, requestId, () => undefined);
}
