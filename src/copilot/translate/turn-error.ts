import { type ErrorCode, errorCodes } from '../../errors/gateway-error.ts';
import type { TurnError } from '../../events/turn.ts';

/** The parts of the runtime's `session.error` that say what went wrong. */
export interface RuntimeErrorData {
  readonly errorType: string;
  readonly message: string;
  readonly statusCode?: number;
  readonly url?: string;
}

const messages = {
  GITHUB_AUTH_REQUIRED: 'This session has no valid GitHub account and no model provider.',
  MODEL_AUTHENTICATION: 'The model provider refused the credentials.',
  MODEL_RATE_LIMITED: 'The model provider refused further requests for now.',
  QUOTA_EXCEEDED: 'The quota of the account is used up.',
  CONTEXT_LIMIT_EXCEEDED: 'The conversation does not fit into the context window of the model.',
  POLICY_BLOCKED: 'A policy does not allow this.',
  MODEL_ERROR: 'The model call failed.',
  CLOUD_START_TIMEOUT: 'The worker of this cloud session did not start in time; nothing was sent.',
  TURN_STALLED: 'Nothing was heard of the turn for too long, and it was stopped.',
  TURN_INTERRUPTED: 'The runtime or the gateway ended before the turn had.',
} as const satisfies Partial<Record<ErrorCode, string>>;

const codesByErrorType: Readonly<Record<string, keyof typeof messages>> = {
  authorization: 'GITHUB_AUTH_REQUIRED',
  authentication: 'MODEL_AUTHENTICATION',
  rate_limit: 'MODEL_RATE_LIMITED',
  quota: 'QUOTA_EXCEEDED',
  context_limit: 'CONTEXT_LIMIT_EXCEEDED',
  policy: 'POLICY_BLOCKED',
};

/** The runtime's own message names addresses and settings, so that only its kind goes to clients. */
export function toTurnError(data: RuntimeErrorData): TurnError {
  const error = createTurnError(classifyError(data), { statusCode: data.statusCode ?? null });
  return { ...error, retryable: error.retryable && !isClientError(data.statusCode) };
}

/** The provider refused the request as such, so that the same one again is refused as well. */
function isClientError(statusCode = 0): boolean {
  return statusCode >= 400 && statusCode < 500 && ![401, 408, 409, 429].includes(statusCode);
}

export function createTurnError(
  code: keyof typeof messages,
  detail: { statusCode?: number | null } = {},
): TurnError {
  return {
    code,
    message: messages[code],
    retryable: errorCodes[code].retryable,
    retryAfterMs: null,
    statusCode: detail.statusCode ?? null,
    url: null,
  };
}

function classifyError({ errorType, message }: RuntimeErrorData): keyof typeof messages {
  if (/No GitHub OAuth token|not authenticated/i.test(message)) return 'GITHUB_AUTH_REQUIRED';
  if (/exceeds the model's prompt budget|context.{0,20}(length|window|limit)/i.test(message)) {
    return 'CONTEXT_LIMIT_EXCEEDED';
  }
  return codesByErrorType[errorType] ?? 'MODEL_ERROR';
}
