import { expect, it } from 'vitest';

import { toTurnError } from '../../../src/copilot/translate/turn-error.ts';

const address = 'http://127.0.0.1:9/v1';

it.each([
  { errorType: 'query', statusCode: 400, message: 'bad', code: 'MODEL_ERROR', retryable: false },
  { errorType: 'query', statusCode: 500, message: 'oops', code: 'MODEL_ERROR', retryable: true },
  { errorType: 'query', message: 'refused', code: 'MODEL_ERROR', retryable: true },
  {
    errorType: 'authentication',
    statusCode: 401,
    message: 'Check your COPILOT_PROVIDER_API_KEY',
    code: 'MODEL_AUTHENTICATION',
    retryable: false,
  },
  {
    errorType: 'rate_limit',
    statusCode: 429,
    message: 'slow down',
    code: 'MODEL_RATE_LIMITED',
    retryable: true,
  },
  {
    errorType: 'quota',
    statusCode: 402,
    message: 'no more',
    code: 'QUOTA_EXCEEDED',
    retryable: false,
  },
  {
    errorType: 'query',
    message: "Request exceeds the model's prompt budget",
    code: 'CONTEXT_LIMIT_EXCEEDED',
    retryable: false,
  },
  {
    errorType: 'query',
    message: 'InvalidArg, No GitHub OAuth token or key',
    code: 'GITHUB_AUTH_REQUIRED',
    retryable: true,
  },
  { errorType: 'something_new', message: 'who knows', code: 'MODEL_ERROR', retryable: true },
])(
  'maps $errorType $statusCode "$message" to $code, without the message of the runtime',
  ({ message, code, retryable, ...data }) => {
    const error = toTurnError({ ...data, message: `${message} at ${address}` });
    expect(error).toMatchObject({ code, retryable, statusCode: data.statusCode ?? null });
    expect(error.message).not.toContain(address);
    expect(error.message).not.toContain('COPILOT_');
  },
);
