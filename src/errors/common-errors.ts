/** Errors that are thrown in more than one place, so that each has one text. */
import { type ErrorCode, getDefaultMessage } from './error-codes.ts';
import { GatewayError } from './gateway-error.ts';

function createDefaultError(code: ErrorCode, options?: ErrorOptions): GatewayError {
  return new GatewayError(code, getDefaultMessage(code), options);
}

/** @param problem completes the name of the field: `must not be empty` */
export function createInputError(field: string, problem: string): GatewayError {
  return new GatewayError('BAD_USER_INPUT', `${field}: ${problem}`);
}

export function createSessionNotFoundError(options?: ErrorOptions): GatewayError {
  return createDefaultError('SESSION_NOT_FOUND', options);
}

/** Reports that a message was not sent because of `REJECT_IF_BUSY`. */
export function createSessionBusyError(): GatewayError {
  return createDefaultError('SESSION_BUSY');
}

export function createCursorExpiredError(): GatewayError {
  return createDefaultError('CURSOR_EXPIRED');
}

export function createRequestNotFoundError(): GatewayError {
  return new GatewayError(
    'REQUEST_NOT_FOUND',
    'requestId: the session has no request with this id',
  );
}

export function createQueuedMessageNotFoundError(): GatewayError {
  return new GatewayError('TURN_NOT_FOUND', 'messageId: no message with this id is queued');
}

export function createRuntimeUnavailableError(options?: ErrorOptions): GatewayError {
  return createDefaultError('RUNTIME_UNAVAILABLE', options);
}

/** Reports that GitHub does not accept the token of a session. */
export function createGitHubTokenRejectedError(options?: ErrorOptions): GatewayError {
  return new GatewayError(
    'GITHUB_AUTH_REQUIRED',
    'GitHub rejected the token of the session.',
    options,
  );
}

/** Reports that the runtime itself has no GitHub account. */
export function createRuntimeNotSignedInError(options?: ErrorOptions): GatewayError {
  return new GatewayError(
    'GITHUB_AUTH_REQUIRED',
    'The runtime is not signed in to GitHub.',
    options,
  );
}
