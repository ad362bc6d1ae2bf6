import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { MAX_TIMER_MS, scheduleAt } from '../../src/timing/schedule-at.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('runs at the given time, also when that is farther away than the longest timer', () => {
  const act = vi.fn();
  scheduleAt(Date.now() + MAX_TIMER_MS + 1_000, act);
  vi.advanceTimersByTime(MAX_TIMER_MS);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_000);
  expect(act).toHaveBeenCalledOnce();
});

it('runs at once when the time has passed, and never after it was cancelled', () => {
  const act = vi.fn();
  scheduleAt(Date.now() - 1, act);
  scheduleAt(Date.now() + MAX_TIMER_MS + 1_000, act)();
  vi.advanceTimersByTime(2 * MAX_TIMER_MS);
  expect(act).toHaveBeenCalledOnce();
});
