import { expect, it } from 'vitest';

import { GatewayError } from '../../src/errors/gateway-error.ts';
import { createLogger } from '../../src/lifecycle/logger.ts';

function logged(err: unknown): Record<string, unknown> {
  const lines: string[] = [];
  createLogger('info', { write: (line) => void lines.push(line) }).warn(
    { err },
    'something went wrong',
  );
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

it('an expected failure is logged by its code, without the place it was raised at', () => {
  const cause = new Error('connect ECONNREFUSED 127.0.0.1:1');
  const failure = new GatewayError('RUNTIME_UNAVAILABLE', 'The runtime is away.', { cause });
  expect(logged(failure)['err']).toEqual({
    code: 'RUNTIME_UNAVAILABLE',
    message: 'The runtime is away.',
  });
});

it('a fault is logged with its stack', () => {
  expect(logged(new Error('a fault'))['err']).toMatchObject({
    message: 'a fault',
    stack: expect.stringContaining('log.test.ts') as string,
  });
});
