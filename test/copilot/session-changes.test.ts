import { expect, it, onTestFinished, vi } from 'vitest';

import { SessionChanges } from '../../src/copilot/session-changes.ts';

const changed = { id: 'a', owner: 'alice' };

it('a session that was updated before a reader was told of it is new to that reader', async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const changes = new SessionChanges();
  const { signal } = new AbortController();
  const early = changes.follow('alice', signal);
  const behind = changes.follow('alice', signal);
  changes.created(changed);
  expect(await early.next()).toMatchObject({ value: { kind: 'CREATED', sessionId: 'a' } });
  changes.updated(changed);
  await vi.advanceTimersByTimeAsync(1_000);

  expect(await early.next()).toMatchObject({ value: { kind: 'UPDATED', sessionId: 'a' } });
  expect(await behind.next()).toMatchObject({ value: { kind: 'CREATED', sessionId: 'a' } });
  changes.updated(changed);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await behind.next()).toMatchObject({ value: { kind: 'UPDATED', sessionId: 'a' } });
  changes.end();
});
