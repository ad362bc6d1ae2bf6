import { type ErrorCode, errorCodes } from './error-codes.ts';

export interface GatewayErrorOptions extends ErrorOptions {
  /** Time to wait before a retry makes sense, in milliseconds; absent when unknown. */
  readonly retryAfterMs?: number;
}

/** An expected error. Its message is written for clients: no paths, no URLs, no names of settings. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
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

export function isGatewayError<Code extends ErrorCode>(
  error: unknown,
  code: Code,
): error is GatewayError & { readonly code: Code } {
  return error instanceof GatewayError && error.code === code;
}
