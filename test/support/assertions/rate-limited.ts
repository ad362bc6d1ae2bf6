import { expect } from 'vitest';

import type { Result } from '../clients/transports.ts';

/** @param mostMs the maximum of `retryAfterMs` */
export function expectRateLimited(result: Result<unknown>, mostMs: number): void {
  expect(result.errors).toMatchObject([
    {
      extensions: {
        code: 'RATE_LIMITED',
        retryable: true,
        retryAfterMs: expect.any(Number) as number,
        requestId: expect.any(String) as string,
      },
    },
  ]);
  const retryAfterMs = result.errors?.[0]?.extensions['retryAfterMs'];
  expect(retryAfterMs).toBeGreaterThan(0);
  expect(retryAfterMs).toBeLessThanOrEqual(mostMs);
}
