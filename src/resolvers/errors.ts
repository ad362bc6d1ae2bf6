import { GraphQLError, type GraphQLErrorExtensions } from 'graphql';

import {
  type ErrorCode,
  errorCodes,
  getDefaultMessage,
  isErrorCode,
} from '../errors/error-codes.ts';
import { GatewayError } from '../errors/gateway-error.ts';

const PAYLOAD_TOO_LARGE = 413;
const TOO_MANY_REQUESTS = 429;

interface ErrorClassification {
  readonly code: ErrorCode;
  readonly retryable: boolean;
}

/** The code that a client gets. */
export function getErrorCode(error: unknown): ErrorCode {
  return determineErrorCode(toGraphQLError(error));
}

/** Reports what a client must not see. */
export type ReportUnexpectedError = (error: unknown) => void;

/**
 * The only way by which an error reaches a client, on every transport: `extensions` has `code`,
 * `retryable` and `requestId`; what nobody meant for clients becomes INTERNAL_SERVER_ERROR and is reported.
 */
export function toClientError(
  error: unknown,
  requestId: string,
  report: ReportUnexpectedError,
): GraphQLError {
  const graphQLError = toGraphQLError(error);
  const coded = classifyError(graphQLError);
  if (coded.code === 'INTERNAL_SERVER_ERROR') report(graphQLError.originalError ?? graphQLError);
  const { nodes, source, positions, path } = graphQLError;
  const retryAfterMs = findRetryAfterMs(graphQLError);
  return new GraphQLError(buildClientMessage(graphQLError, coded.code), {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    path: path ?? null,
    extensions: {
      ...buildHttpExtension(graphQLError, retryAfterMs),
      code: coded.code,
      retryable: coded.retryable,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      requestId,
    },
  });
}

function classifyError(error: GraphQLError): ErrorClassification {
  const code = determineErrorCode(error);
  return { code, retryable: errorCodes[code].retryable };
}

function determineErrorCode(error: GraphQLError): ErrorCode {
  const { code } = error.extensions;
  if (isErrorCode(code)) return code;
  if (error.extensions.http?.status === PAYLOAD_TOO_LARGE) return 'LIMIT_EXCEEDED';
  const original = findRootCause(error);
  if (original instanceof GatewayError) return original.code;
  if (isTooDeep(original ?? error)) return 'LIMIT_EXCEEDED';
  // Without an original error it comes from parsing, validation or variables: the request is at fault.
  return original === undefined ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
}

/** The parser and the validation go down with the nesting of the query. */
function isTooDeep(error: Error): boolean {
  return /call stack size exceeded/i.test(error.message);
}

function buildClientMessage(error: GraphQLError, code: ErrorCode): string {
  if (isTooDeep(findRootCause(error) ?? error)) return 'The query is nested too deeply.';
  if (code === 'INTERNAL_SERVER_ERROR') return getDefaultMessage(code);
  return findRootCause(error)?.message ?? redactVariableValues(error.message);
}

function findRootCause(error: GraphQLError): Error | undefined {
  const { originalError } = error;
  return originalError instanceof GraphQLError ? findRootCause(originalError) : originalError;
}

function findRetryAfterMs(error: GraphQLError): number | undefined {
  const original = findRootCause(error);
  if (original instanceof GatewayError) return original.retryAfterMs;
  const { retryAfterMs } = error.extensions;
  return typeof retryAfterMs === 'number' ? retryAfterMs : undefined;
}

/** The HTTP status that the server library chose for what it refuses itself, and when to try again. */
function buildHttpExtension(
  { extensions: { http } }: GraphQLError,
  retryAfterMs: number | undefined,
): Pick<GraphQLErrorExtensions, 'http'> {
  if (retryAfterMs === undefined) return http === undefined ? {} : { http };
  return {
    http: { ...http, headers: { ...http?.headers, ...buildRetryAfterHeader(retryAfterMs) } },
  };
}

function buildRetryAfterHeader(ms: number): Record<string, string> {
  return { 'retry-after': String(Math.ceil(ms / 1_000)) };
}

function toGraphQLError(error: unknown): GraphQLError {
  return error instanceof GraphQLError
    ? error
    : new GraphQLError('', { originalError: toError(error) });
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Of a stream that its client may open again with fresh credentials. */
export const credentialsExpiredError = new GatewayError(
  'UNAUTHENTICATED',
  'The credentials have expired.',
);

/** Of a stream that has lasted for as long as one may. */
export const streamLifetimeError = new GatewayError(
  'RATE_LIMITED',
  'The stream has lasted as long as one may; subscribe again after its last cursor.',
  { retryAfterMs: 0 },
);

export function createShuttingDownError(requestId: string): GraphQLError {
  return toExpectedClientError(
    new GatewayError('SHUTTING_DOWN', 'The gateway is shutting down; subscribe again in a moment.'),
    requestId,
  );
}

export function createForbiddenOriginError(requestId: string): GraphQLError {
  return toExpectedClientError(
    new GatewayError('FORBIDDEN', 'Requests from this origin are not allowed.'),
    requestId,
  );
}

/** Of a document that the operator has not listed. */
export function createUntrustedDocumentError(requestId: string): GraphQLError {
  const message = 'Only documents that the operator of this server has listed may be run.';
  const http = { status: 403 };
  const error = new GraphQLError(message, { extensions: { code: 'DOCUMENT_NOT_TRUSTED', http } });
  return toClientError(error, requestId, () => undefined);
}

/** @param header that would have made it acceptable */
export function createCsrfError(header: string, requestId: string): GraphQLError {
  const message = `Any page could send this: POST application/json, or set the header ${header}.`;
  return toExpectedClientError(new GatewayError('FORBIDDEN', message), requestId);
}

/** @param reason for the client */
export function createUnauthenticatedError(reason: string, requestId: string): GraphQLError {
  return toExpectedClientError(new GatewayError('UNAUTHENTICATED', reason), requestId);
}

/** Of a request that is no GraphQL request at all. */
export function createBadRequestError(message: string, requestId: string): GraphQLError {
  return toExpectedClientError(new GatewayError('BAD_USER_INPUT', message), requestId);
}

/** Of an operation of which nothing was done. */
export function toRejectedOperationError(failure: unknown, requestId: string): GraphQLError {
  const error = toClientError(failure, requestId, () => undefined);
  if (error.extensions['code'] === 'RATE_LIMITED') {
    error.extensions.http = { ...error.extensions.http, status: TOO_MANY_REQUESTS };
  }
  return error;
}

export function createExecutionTimeoutError(limitMs: number, requestId: string): GraphQLError {
  const message = `The operation took longer than ${limitMs} ms; what it began may go on.`;
  return toExpectedClientError(new GatewayError('RUNTIME_TIMEOUT', message), requestId);
}

/** Of what is larger than allowed; without the id of a request, since it may be cached with the document. */
export function createLimitExceededError(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED' satisfies ErrorCode } });
}

/** Of what was foreseen. */
export function toExpectedClientError(failure: GatewayError, requestId: string): GraphQLError {
  return toClientError(failure, requestId, () => undefined);
}

const VARIABLE = /^Variable "\$(\w+)" got invalid value /;
const PATH = /.* at "(\w+[\w.[\]]*)"; /s;
/** Endings that name parts of the schema, or what the client called a field, and no value. */
const SAFE_PROBLEM =
  /(Field "\w+" of required type "[\w[\]!]+" was not provided\.|Field "\w+" is not defined by type "\w+"\.( Did you mean [^?]+\?)?|Expected non-nullable type "[\w[\]!]+" not to be null\.|Expected type "\w+" to be an object\.)$/;

/**
 * The message of a variable that does not fit, without the value: it may hold a key beside what is wrong. Other
 * messages stay as they are.
 */
export function redactVariableValues(message: string): string {
  const [, variable] = VARIABLE.exec(message) ?? [];
  if (variable === undefined) return message;
  const [, path = variable] = PATH.exec(message) ?? [];
  const [problem = 'It does not fit the type there.'] = SAFE_PROBLEM.exec(message) ?? [];
  return `Variable "$${variable}" got an invalid value at "${path}"; ${problem}`;
}
