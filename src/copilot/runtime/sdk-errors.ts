import { type ErrorCode, GatewayError } from '../../errors/gateway-error.ts';
import { createRuntimeUnavailableError } from './call-timeout.ts';

const METHOD_NOT_FOUND = -32601;

/** The runtime reports nearly everything under one code, so that its words are all there is to go by. */
const messagePatterns: readonly (readonly [RegExp, ErrorCode, string])[] = [
  [
    /session (file )?not found|no persisted or in-memory events found/i,
    'SESSION_NOT_FOUND',
    'There is no such session.',
  ],
  [
    /(authentication|token validation) failed:.* 40[13]\b/i,
    'GITHUB_AUTH_REQUIRED',
    'GitHub does not accept the token of this session.',
  ],
  [
    /(session authentication|token validation) failed/i,
    'RUNTIME_UNAVAILABLE',
    'GitHub cannot be asked about the token right now.',
  ],
  [
    /not authenticated|no (github oauth token|current authentication)|get authentication token/i,
    'GITHUB_AUTH_REQUIRED',
    'The runtime is not signed in to GitHub.',
  ],
  [/invalid sessionid/i, 'BAD_USER_INPUT', 'sessionId: the runtime refuses this name.'],
  [
    /conflicts with a built-in tool/i,
    'BAD_USER_INPUT',
    'clientTools: the runtime has a tool of one of these names.',
  ],
  [
    /too many persisted event snapshots/i,
    'RUNTIME_UNAVAILABLE',
    'The runtime is reading too many histories at once.',
  ],
  [
    // A runtime may write an event that it cannot read itself: 1.0.102 does, at times, when it ends a session.
    /corrupt|failed to (parse session|read persisted event journal)/i,
    'SESSION_CORRUPT',
    'The history of this session cannot be read.',
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
  for (const [pattern, code, message] of messagePatterns) {
    if (pattern.test(error.message)) return new GatewayError(code, message, { cause: error });
  }
  return error;
}

export function isGatewayError(error: unknown, code: ErrorCode): boolean {
  return error instanceof GatewayError && error.code === code;
}
