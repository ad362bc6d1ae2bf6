import { expect, it } from 'vitest';

import { GatewayError } from '../../src/errors/gateway-error.ts';
import { createLogger } from '../../src/lifecycle/logger.ts';

function logError(err: unknown): Record<string, unknown> {
  const lines: string[] = [];
  createLogger('info', { write: (line) => void lines.push(line) }).warn(
    { err },
    'something went wrong',
  );
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

it('an expected error is logged with its code and without its stack', () => {
  const cause = new Error('connect ECONNREFUSED 127.0.0.1:1');
  const error = new GatewayError('RUNTIME_UNAVAILABLE', 'The runtime is away.', { cause });
  expect(logError(error)['err']).toEqual({
    code: 'RUNTIME_UNAVAILABLE',
    message: 'The runtime is away.',
  });
});

it('an unexpected error is logged with its stack', () => {
  expect(logError(new Error('a bug'))['err']).toMatchObject({
    message: 'a bug',
    stack: expect.stringContaining('log.test.ts') as string,
  });
});
