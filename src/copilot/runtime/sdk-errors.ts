import {
  createGitHubTokenRejectedError,
  createRuntimeNotSignedInError,
  createRuntimeUnavailableError,
  createSessionNotFoundError,
} from '../../errors/common-errors.ts';
import type { ErrorCode } from '../../errors/error-codes.ts';
import { GatewayError } from '../../errors/gateway-error.ts';

const METHOD_NOT_FOUND = -32601;

/** The runtime reports nearly everything under one code, so that its words are all there is to go by. */
const messagePatterns: readonly (readonly [RegExp, (options: ErrorOptions) => GatewayError])[] = [
  [/session (file )?not found|no persisted or in-memory events found/i, createSessionNotFoundError],
  [/(authentication|token validation) failed:.* 40[13]\b/i, createGitHubTokenRejectedError],
  [
    /(session authentication|token validation) failed/i,
    buildError('RUNTIME_UNAVAILABLE', 'GitHub cannot be asked about the token right now.'),
  ],
  [
    /not authenticated|no (github oauth token|current authentication)|get authentication token/i,
    createRuntimeNotSignedInError,
  ],
  [/invalid sessionid/i, buildError('BAD_USER_INPUT', 'sessionId: the runtime refuses this name.')],
  [
    /conflicts with a built-in tool/i,
    buildError('BAD_USER_INPUT', 'clientTools: the runtime has a tool of one of these names.'),
  ],
  [
    /too many persisted event snapshots/i,
    buildError('RUNTIME_UNAVAILABLE', 'The runtime is reading too many histories at once.'),
  ],
  [
    // A runtime may write an event that it cannot read itself: 1.0.102 does, at times, when it ends a session.
    /corrupt|failed to (parse session|read persisted event journal)/i,
    buildError('SESSION_CORRUPT', 'The history of this session cannot be read.'),
  ],
];

const connectionLostPattern =
  /connection (is|was|got) (closed|disposed|disconnected)|ECONNREFUSED|ECONNRESET|EPIPE|not connected|SERVER_SHUTTING_DOWN|server port not available/i;

/** Gives an SDK error a code of ours; what is not recognised stays as it is, and is masked at the edge. */
export function toGatewayError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof GatewayError) return error;
  if (connectionLostPattern.test(error.message))
    return createRuntimeUnavailableError({ cause: error });
  if ('code' in error && error.code === METHOD_NOT_FOUND) {
    return new GatewayError('NOT_SUPPORTED', 'This version of the runtime does not support that.', {
      cause: error,
    });
  }
  const [, createError] = messagePatterns.find(([pattern]) => pattern.test(error.message)) ?? [];
  return createError?.({ cause: error }) ?? error;
}

function buildError(code: ErrorCode, message: string): (options: ErrorOptions) => GatewayError {
  return (options) => new GatewayError(code, message, options);
}
