import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { InactivityTimer } from '../../src/timing/inactivity-timer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function createTimer(timeoutMs: number | null = 100) {
  const onInactive = vi.fn();
  return { timer: new InactivityTimer(timeoutMs, onInactive), onInactive };
}

it('calls its handler once, when nothing has happened for the whole timeout', () => {
  const { timer, onInactive } = createTimer();
  timer.touch();
  vi.advanceTimersByTime(99);
  expect(onInactive).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onInactive).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1_000);
  expect(onInactive).toHaveBeenCalledOnce();
});

it('counts from the latest activity, and creates one Node timer for all of it', () => {
  const { timer, onInactive } = createTimer();
  const setTimeout = vi.spyOn(globalThis, 'setTimeout');
  for (let count = 0; count < 10; count++) {
    timer.touch();
    vi.advanceTimersByTime(60);
  }
  expect(onInactive).not.toHaveBeenCalled();
  expect(setTimeout).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(40);
  expect(onInactive).toHaveBeenCalledOnce();
});

it('can be started again after its handler was called, also by the handler', () => {
  const { timer, onInactive } = createTimer();
  onInactive.mockImplementationOnce(() => {
    timer.touch();
  });
  timer.touch();
  vi.advanceTimersByTime(200);
  expect(onInactive).toHaveBeenCalledTimes(2);
});

it('calls nothing after it was stopped, and nothing without a timeout', () => {
  const stopped = createTimer();
  stopped.timer.touch();
  stopped.timer.stop();
  const never = createTimer(null);
  never.timer.touch();
  vi.advanceTimersByTime(10_000);
  expect(stopped.onInactive).not.toHaveBeenCalled();
  expect(never.onInactive).not.toHaveBeenCalled();
});
