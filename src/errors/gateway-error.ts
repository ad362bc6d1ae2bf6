/**
 * Every code that a failed operation (`errors[].extensions.code`) or a failed turn (`TurnError.code`)
 * can carry, with whether the same call may succeed when it is simply made again.
 */
export const errorCodes = {
  UNAUTHENTICATED: { retryable: false },
  BAD_USER_INPUT: { retryable: false },
  LIMIT_EXCEEDED: { retryable: false },
  RATE_LIMITED: { retryable: true },
  SESSION_NOT_FOUND: { retryable: false },
  SESSION_EXISTS: { retryable: false },
  SESSION_BUSY: { retryable: true },
  SESSION_CORRUPT: { retryable: false },
  CURSOR_EXPIRED: { retryable: false },
  REQUEST_NOT_FOUND: { retryable: false },
  TURN_NOT_FOUND: { retryable: false },
  GITHUB_AUTH_REQUIRED: { retryable: true },
  FORBIDDEN: { retryable: false },
  DOCUMENT_NOT_TRUSTED: { retryable: false },
  POLICY_BLOCKED: { retryable: false },
  NOT_SUPPORTED: { retryable: false },
  MODEL_NOT_FOUND: { retryable: false },
  RUNTIME_UNAVAILABLE: { retryable: true },
  RUNTIME_TIMEOUT: { retryable: true },
  CLOUD_START_TIMEOUT: { retryable: true },
  MODEL_ERROR: { retryable: true },
  MODEL_AUTHENTICATION: { retryable: false },
  MODEL_RATE_LIMITED: { retryable: true },
  QUOTA_EXCEEDED: { retryable: false },
  CONTEXT_LIMIT_EXCEEDED: { retryable: false },
  TURN_STALLED: { retryable: true },
  TURN_INTERRUPTED: { retryable: true },
  SHUTTING_DOWN: { retryable: true },
  INTERNAL_SERVER_ERROR: { retryable: false },
} as const satisfies Record<string, { retryable: boolean }>;

export type ErrorCode = keyof typeof errorCodes;

export interface GatewayErrorOptions extends ErrorOptions {
  /** When it makes sense to try again, in milliseconds; absent: nobody knows. */
  readonly retryAfterMs?: number;
}

/** An expected failure. Its message is written for the client: no paths, addresses or names of settings. */
export class GatewayError extends Error {
  override readonly name = 'Failure';
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options?: GatewayErrorOptions) {
    super(message, options);
    this.code = code;
    this.retryAfterMs = options?.retryAfterMs;
  }

  get retryable(): boolean {
    return errorCodes[this.code].retryable;
  }
}
