import { expect, it } from 'vitest';

import { turnErrorFrom } from '../../src/copilot/turn-error.ts';

const address = 'http://127.0.0.1:9/v1';

it.each([
  ['query', 400, 'bad', 'MODEL_ERROR', false],
  ['query', 500, 'oops', 'MODEL_ERROR', true],
  ['query', undefined, 'connection refused', 'MODEL_ERROR', true],
  ['authentication', 401, 'Check your COPILOT_PROVIDER_API_KEY', 'MODEL_AUTHENTICATION', false],
  ['rate_limit', 429, 'slow down', 'MODEL_RATE_LIMITED', true],
  ['quota', 402, 'no more', 'QUOTA_EXCEEDED', false],
  [
    'query',
    undefined,
    "Request exceeds the model's prompt budget",
    'CONTEXT_LIMIT_EXCEEDED',
    false,
  ],
  ['query', undefined, 'InvalidArg, No GitHub OAuth token or key', 'GITHUB_AUTH_REQUIRED', true],
  ['something_new', undefined, 'who knows', 'MODEL_ERROR', true],
])('%s %s "%s" is %s', (errorType, statusCode, message, code, retryable) => {
  const error = turnErrorFrom({
    errorType,
    message: `${message} at ${address}`,
    ...(statusCode === undefined ? {} : { statusCode }),
  });
  expect(error).toMatchObject({ code, retryable, statusCode: statusCode ?? null });
  expect(error.message).not.toContain(address);
  expect(error.message).not.toContain('COPILOT_');
});
