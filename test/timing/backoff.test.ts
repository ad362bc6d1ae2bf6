import { expect, it } from 'vitest';

import { Backoff, doubleDelays } from '../../src/timing/backoff.ts';

function take(backoff: Backoff, count: number): number[] {
  return Array.from({ length: count }, () => backoff.next());
}

it('delays double up to the maximum and then stay there', () => {
  const backoff = new Backoff({ delaysMs: doubleDelays(100, 5_000) });
  expect(take(backoff, 8)).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
});

it('delays start again at the first one after a success', () => {
  const backoff = new Backoff({ delaysMs: doubleDelays(500, 30_000) });
  take(backoff, 3);
  expect(backoff.attempts).toBe(3);
  backoff.reset();
  expect(take(backoff, 2)).toEqual([500, 1_000]);
});

it('jitter shortens a delay by at most one half', () => {
  const backoff = new Backoff({ delaysMs: [100], jitter: true });
  for (const delayMs of take(backoff, 100)) {
    expect(delayMs).toBeGreaterThanOrEqual(50);
    expect(delayMs).toBeLessThan(100);
  }
});

it('a list of delays is exhausted when the last one was taken', () => {
  const backoff = new Backoff({ delaysMs: [1, 2, 3] });
  backoff.next();
  backoff.skipToLast();
  expect(backoff.isExhausted).toBe(false);
  expect(backoff.next()).toBe(3);
  expect(backoff.isExhausted).toBe(true);
  backoff.skipToLast();
  expect(backoff.isExhausted).toBe(true);
});
