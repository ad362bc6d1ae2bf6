import { expect, it, onTestFinished, vi } from 'vitest';

import { SessionChanges } from '../../../src/copilot/sessions/session-changes.ts';

it('a reader that is behind gets CREATED once and the newest change of each session of its owner', async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const changes = new SessionChanges();
  const { signal } = new AbortController();
  const behind = changes.follow('alice', signal);
  changes.emitCreated({ id: 'a', owner: 'alice' });
  changes.emitCreated({ id: 'b', owner: 'alice' });
  for (let update = 0; update < 3; update++) {
    changes.emitUpdated({ id: 'a', owner: 'alice' });
    await vi.advanceTimersByTimeAsync(1_000);
  }
  changes.emitCreated({ id: 'c', owner: 'bob' });
  changes.emitCreated({ id: 'd', owner: 'alice' });
  changes.emitUpdated({ id: 'd', owner: 'alice' });
  changes.emitDeleted({ id: 'd', owner: 'alice' });
  changes.end();

  const changesSeen: string[] = [];
  for await (const { kind, sessionId } of behind) changesSeen.push(`${kind} ${sessionId}`);
  expect(changesSeen).toEqual(['CREATED a', 'CREATED b', 'UPDATED a', 'DELETED d']);
});
