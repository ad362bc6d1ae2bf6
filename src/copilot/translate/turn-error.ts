import { type ErrorCode, errorCodes, getDefaultMessage } from '../../errors/error-codes.ts';
import type { TurnError } from '../../events/turn.ts';

/** The fields of the runtime's `session.error` event that describe the error. */
export interface RuntimeErrorData {
  readonly errorType: string;
  readonly message: string;
  readonly statusCode?: number;
  readonly url?: string;
}

/** The codes with which a turn can fail. */
type TurnErrorCode = Extract<
  ErrorCode,
  | 'GITHUB_AUTH_REQUIRED'
  | 'MODEL_AUTHENTICATION'
  | 'MODEL_RATE_LIMITED'
  | 'QUOTA_EXCEEDED'
  | 'CONTEXT_LIMIT_EXCEEDED'
  | 'POLICY_BLOCKED'
  | 'MODEL_ERROR'
  | 'CLOUD_START_TIMEOUT'
  | 'TURN_STALLED'
  | 'TURN_INTERRUPTED'
>;

const codesByErrorType: Readonly<Record<string, TurnErrorCode>> = {
  authorization: 'GITHUB_AUTH_REQUIRED',
  authentication: 'MODEL_AUTHENTICATION',
  rate_limit: 'MODEL_RATE_LIMITED',
  quota: 'QUOTA_EXCEEDED',
  context_limit: 'CONTEXT_LIMIT_EXCEEDED',
  policy: 'POLICY_BLOCKED',
};

/** The runtime's message names URLs and settings: clients only see which kind of error it is. */
export function toTurnError(data: RuntimeErrorData): TurnError {
  const error = createTurnError(classifyError(data), { statusCode: data.statusCode ?? null });
  return { ...error, retryable: error.retryable && !isClientError(data.statusCode) };
}

/** The provider rejected the request as invalid: a retry would be rejected as well. */
function isClientError(statusCode = 0): boolean {
  return statusCode >= 400 && statusCode < 500 && ![401, 408, 409, 429].includes(statusCode);
}

export function createTurnError(
  code: TurnErrorCode,
  detail: { statusCode?: number | null } = {},
): TurnError {
  return {
    code,
    message: getDefaultMessage(code),
    retryable: errorCodes[code].retryable,
    retryAfterMs: null,
    statusCode: detail.statusCode ?? null,
    url: null,
  };
}

function classifyError({ errorType, message }: RuntimeErrorData): TurnErrorCode {
  if (/No GitHub OAuth token|not authenticated/i.test(message)) return 'GITHUB_AUTH_REQUIRED';
  if (/exceeds the model's prompt budget|context.{0,20}(length|window|limit)/i.test(message)) {
    return 'CONTEXT_LIMIT_EXCEEDED';
  }
  return codesByErrorType[errorType] ?? 'MODEL_ERROR';
}
