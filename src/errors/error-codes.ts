/** What is the same for all errors of one code. */
interface ErrorDefinition {
  /** Whether the same call may succeed when it is repeated unchanged. */
  readonly retryable: boolean;
  /** Describes all uses of the code; printed into the GraphQL schema. */
  readonly description: string;
  /** The usual message for clients, where it is not the description. */
  readonly message?: string;
}

const definitions = {
  UNAUTHENTICATED: {
    retryable: false,
    description: 'The credentials are missing, expired or invalid.',
  },
  BAD_USER_INPUT: {
    retryable: false,
    description: 'The request is invalid. The message names the field.',
  },
  LIMIT_EXCEEDED: {
    retryable: false,
    description:
      'The request exceeds a size limit of the server, or the viewer has the maximum number of sessions.',
  },
  RATE_LIMITED: {
    retryable: true,
    description:
      'Too many requests at once or in a period, or the stream reached its maximum lifetime. `retryAfterMs` is the time to wait before a retry.',
  },
  SESSION_NOT_FOUND: {
    retryable: false,
    description: 'The session does not exist, or the viewer has no access to it.',
    message: 'The session does not exist.',
  },
  SESSION_EXISTS: {
    retryable: false,
    description: 'A session with this id already exists.',
  },
  SESSION_BUSY: {
    retryable: true,
    description: 'A turn is running, and the operation requires that no turn is running.',
    message: 'A turn is running; nothing was sent.',
  },
  SESSION_CORRUPT: {
    retryable: false,
    description: 'The history of the session cannot be read.',
  },
  CURSOR_EXPIRED: {
    retryable: false,
    description:
      'The cursor is no longer valid. Discard local state, query `cursor` and `messages`, then subscribe again.',
  },
  REQUEST_NOT_FOUND: {
    retryable: false,
    description: 'The session has no request with this id.',
  },
  TURN_NOT_FOUND: {
    retryable: false,
    description: 'The session has no turn or no queued message with this id.',
  },
  GITHUB_AUTH_REQUIRED: {
    retryable: true,
    description:
      'There are no usable GitHub credentials: the runtime is not signed in, the token of the session is missing, or GitHub rejected it.',
    message: 'The session has no valid GitHub account and no model provider.',
  },
  FORBIDDEN: {
    retryable: false,
    description: 'Not allowed for this viewer, from this origin or without a CSRF header.',
  },
  DOCUMENT_NOT_TRUSTED: {
    retryable: false,
    description: 'The server runs trusted documents only, and the document is not one of them.',
  },
  POLICY_BLOCKED: {
    retryable: false,
    description: 'A policy of the profile, the gateway or the organization does not allow this.',
  },
  NOT_SUPPORTED: {
    retryable: false,
    description:
      'The version of the runtime, the kind of session or its GitHub account does not support this.',
  },
  MODEL_NOT_FOUND: {
    retryable: false,
    description: 'The profile has no model with this id.',
  },
  RUNTIME_UNAVAILABLE: {
    retryable: true,
    description:
      'The Copilot runtime, or GitHub when the runtime needs it, is temporarily unavailable.',
    message: 'The Copilot runtime is temporarily unavailable.',
  },
  RUNTIME_TIMEOUT: {
    retryable: true,
    description:
      'The runtime did not respond in time, or the operation exceeded its maximum duration.',
    message: 'The runtime did not respond in time.',
  },
  CLOUD_START_TIMEOUT: {
    retryable: true,
    description: 'The worker of a cloud session did not start in time; nothing was sent.',
  },
  MODEL_ERROR: {
    retryable: true,
    description: 'The model call failed.',
  },
  MODEL_AUTHENTICATION: {
    retryable: false,
    description:
      'The model provider rejected the credentials, or the key of a client-supplied provider must be sent again.',
    message: 'The model provider rejected the credentials.',
  },
  MODEL_RATE_LIMITED: {
    retryable: true,
    description: 'The model provider rejected the model call because of a rate limit.',
  },
  QUOTA_EXCEEDED: {
    retryable: false,
    description: 'The quota of the account is exhausted.',
  },
  CONTEXT_LIMIT_EXCEEDED: {
    retryable: false,
    description: 'The conversation does not fit into the context window of the model.',
  },
  TURN_STALLED: {
    retryable: true,
    description: 'The runtime reported nothing about the turn for too long, and it was stopped.',
  },
  TURN_INTERRUPTED: {
    retryable: true,
    description: 'The runtime or the gateway ended before the turn did.',
  },
  SHUTTING_DOWN: {
    retryable: true,
    description: 'The gateway is shutting down; retry in a moment.',
  },
  INTERNAL_SERVER_ERROR: {
    retryable: false,
    description: 'An unexpected error of the gateway. Its log has the details under `requestId`.',
    message: 'Unexpected error.',
  },
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof definitions;

/**
 * Every code that a failed operation (`errors[].extensions.code`) or a failed turn (`TurnError.code`)
 * can carry.
 */
export const errorCodes: Readonly<Record<ErrorCode, ErrorDefinition>> = definitions;

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCodes, code);
}

/** Returns the usual message of a code, written for clients. */
export function getDefaultMessage(code: ErrorCode): string {
  const { message, description } = errorCodes[code];
  return message ?? description;
}
