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

/** Returns the code that a client receives for the error. */
export function getErrorCode(error: unknown): ErrorCode {
  return determineErrorCode(toGraphQLError(error));
}

/** Reports an unexpected error, whose details a client must not see. */
export type ReportUnexpectedError = (error: unknown) => void;

/**
 * Converts any error to its public form. Every error passes through this function before it reaches a client, on every
 * transport: `extensions` has `code`, `retryable` and `requestId`. An error that is not a `GatewayError` and was not
 * raised by graphql-js becomes INTERNAL_SERVER_ERROR and is reported.
 */
export function toClientError(
  error: unknown,
  requestId: string,
  report: ReportUnexpectedError,
): GraphQLError {
  const graphQLError = toGraphQLError(error);
  const code = determineErrorCode(graphQLError);
  if (code === 'INTERNAL_SERVER_ERROR') report(graphQLError.originalError ?? graphQLError);
  const { nodes, source, positions, path } = graphQLError;
  const retryAfterMs = findRetryAfterMs(graphQLError);
  return new GraphQLError(buildClientMessage(graphQLError, code), {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    path: path ?? null,
    extensions: {
      ...buildHttpExtension(graphQLError, retryAfterMs),
      code,
      retryable: errorCodes[code].retryable,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      requestId,
    },
  });
}

function determineErrorCode(error: GraphQLError): ErrorCode {
  const { code } = error.extensions;
  if (isErrorCode(code)) return code;
  if (error.extensions.http?.status === PAYLOAD_TOO_LARGE) return 'LIMIT_EXCEEDED';
  const original = findRootCause(error);
  if (original instanceof GatewayError) return original.code;
  if (isTooDeep(original ?? error)) return 'LIMIT_EXCEEDED';
  // An error without an original error comes from parsing, validation or variables: the request is invalid.
  return original === undefined ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
}

/** The parser and the validation recurse into the query, so a deeply nested query overflows the call stack. */
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

/** Keeps the HTTP status that Yoga chose for requests that it rejects itself, and adds `Retry-After`. */
function buildHttpExtension(
  { extensions: { http } }: GraphQLError,
  retryAfterMs: number | undefined,
): Pick<GraphQLErrorExtensions, 'http'> {
  if (retryAfterMs === undefined) return http === undefined ? {} : { http };
  return {
    http: {
      ...http,
      headers: { ...http?.headers, 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) },
    },
  };
}

function toGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError('', { originalError });
}

/** Ends a stream; its client may open it again with new credentials. */
export const credentialsExpiredError = new GatewayError(
  'UNAUTHENTICATED',
  'The credentials have expired.',
);

/** Ends a stream that reached its maximum lifetime (LIMIT_STREAM_TIME). */
export const streamLifetimeError = new GatewayError(
  'RATE_LIMITED',
  'The stream reached its maximum lifetime; resubscribe with the last cursor.',
  { retryAfterMs: 0 },
);

export function createShuttingDownError(requestId: string): GraphQLError {
  return toExpectedClientError(
    new GatewayError('SHUTTING_DOWN', 'The gateway is shutting down; resubscribe in a moment.'),
    requestId,
  );
}

export function createForbiddenOriginError(requestId: string): GraphQLError {
  return toExpectedClientError(
    new GatewayError('FORBIDDEN', 'Requests from this origin are not allowed.'),
    requestId,
  );
}

export function createUntrustedDocumentError(requestId: string): GraphQLError {
  const message = 'The server runs trusted documents only, and this document is not one of them.';
  const http = { status: 403 };
  const error = new GraphQLError(message, { extensions: { code: 'DOCUMENT_NOT_TRUSTED', http } });
  return toClientError(error, requestId, () => undefined);
}

/** @param header names the request header with which the request would have been accepted */
export function createCsrfError(header: string, requestId: string): GraphQLError {
  const message = `Rejected to prevent CSRF: send content-type: application/json or the header ${header}.`;
  return toExpectedClientError(new GatewayError('FORBIDDEN', message), requestId);
}

/** @param reason is the message for the client */
export function createUnauthenticatedError(reason: string, requestId: string): GraphQLError {
  return toExpectedClientError(new GatewayError('UNAUTHENTICATED', reason), requestId);
}

/** Rejects a request that is not a GraphQL request. */
export function createBadRequestError(message: string, requestId: string): GraphQLError {
  return toExpectedClientError(new GatewayError('BAD_USER_INPUT', message), requestId);
}

/** Converts an error for an operation that was rejected before execution. RATE_LIMITED gets HTTP status 429. */
export function toRejectedOperationError(reason: unknown, requestId: string): GraphQLError {
  const error = toClientError(reason, requestId, () => undefined);
  if (error.extensions['code'] === 'RATE_LIMITED') {
    error.extensions.http = { ...error.extensions.http, status: TOO_MANY_REQUESTS };
  }
  return error;
}

export function createExecutionTimeoutError(limitMs: number, requestId: string): GraphQLError {
  const message = `The operation exceeded ${limitMs} ms and was stopped; side effects may still complete.`;
  return toExpectedClientError(new GatewayError('RUNTIME_TIMEOUT', message), requestId);
}

/** Creates an error without a request id, because validation errors are cached with their document. */
export function createLimitExceededError(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED' satisfies ErrorCode } });
}

/** Converts an error that is expected in normal operation, so that nothing is reported. */
export function toExpectedClientError(error: GatewayError, requestId: string): GraphQLError {
  return toClientError(error, requestId, () => undefined);
}

const VARIABLE = /^Variable "\$(\w+)" got invalid value /;
const PATH = /.* at "(\w+[\w.[\]]*)"; /s;
/** Endings of graphql-js messages that contain names from the schema or the request, and never a value. */
const SAFE_PROBLEM =
  /(Field "\w+" of required type "[\w[\]!]+" was not provided\.|Field "\w+" is not defined by type "\w+"\.( Did you mean [^?]+\?)?|Expected non-nullable type "[\w[\]!]+" not to be null\.|Expected type "\w+" to be an object\.)$/;

/**
 * Removes the value from the message of graphql-js about an invalid variable: beside the invalid part, the value may
 * contain a token or key. Returns other messages unchanged.
 */
export function redactVariableValues(message: string): string {
  const [, variable] = VARIABLE.exec(message) ?? [];
  if (variable === undefined) return message;
  const [, path = variable] = PATH.exec(message) ?? [];
  const [problem = 'The value does not match its type.'] = SAFE_PROBLEM.exec(message) ?? [];
  return `Variable "$${variable}" got an invalid value at "${path}"; ${problem}`;
}
