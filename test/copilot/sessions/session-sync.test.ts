import type { SessionLifecycleEvent, SessionMetadata } from '@github/copilot-sdk';
import { expect, it, onTestFinished, vi } from 'vitest';

import { SessionChanges } from '../../../src/copilot/sessions/session-changes.ts';
import {
  SessionSync,
  type SessionSyncOptions,
} from '../../../src/copilot/sessions/session-sync.ts';
import { createLogger } from '../../../src/lifecycle/logger.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';
import { Collector } from '../../support/clients/collector.ts';

const id = 'made-elsewhere';

function metadataOf(summary = 'Title'): SessionMetadata {
  const [startTime, modifiedTime] = [new Date(0), new Date(0)];
  return { sessionId: id, startTime, modifiedTime, isRemote: false, summary };
}

/** Of what it carries, only this is read. */
function told(type: SessionLifecycleEvent['type']): SessionLifecycleEvent {
  return { type, sessionId: id } as SessionLifecycleEvent;
}

/** A runtime that writes a session down some time after it told of it. */
function startSync(
  written: (look: number) => SessionMetadata | undefined | Promise<SessionMetadata>,
) {
  const looks: string[] = [];
  const client = {
    getSessionMetadata: async (sessionId: string) => {
      looks.push(sessionId);
      return written(looks.length);
    },
  };
  const changes = new SessionChanges();
  const store = openSqliteStore(':memory:');
  const call = (use: (sdk: typeof client) => Promise<unknown>) => use(client);
  const sync = new SessionSync({
    runtime: { call } as unknown as SessionSyncOptions['runtime'],
    store,
    changes,
    logger: createLogger('silent', { write: () => undefined }),
    intervalMs: 60_000,
    onSessionGone: async (gone) => {
      const record = await store.find(gone);
      if (record && (await store.remove(gone))) changes.emitDeleted(record);
    },
    isInUse: () => false,
  });
  const leaving = new AbortController();
  const close = async (): Promise<void> => {
    leaving.abort();
    sync.stop();
    store.close();
  };
  const seen = changes.follow(null, leaving.signal);
  return { sync, looks, seen, store, [Symbol.asyncDispose]: close };
}

function useFakeTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
}

it.each(['session.created', 'session.updated'] as const)(
  'a session that is written down after the last %s is found all the same',
  async (type) => {
    await using scene = startSync((look) => (look < 3 ? undefined : metadataOf()));
    scene.sync.handleLifecycleEvent(told(type));

    expect(await scene.seen.next()).toMatchObject({ value: { kind: 'CREATED', sessionId: id } });
    expect(scene.looks).toHaveLength(3);
  },
);

it('what is written down after the last that was told is seen all the same', async () => {
  useFakeTimers();
  await using scene = startSync((look) => metadataOf(look === 1 ? 'Old' : 'New'));
  scene.sync.handleLifecycleEvent(told('session.updated'));
  expect(await scene.seen.next()).toMatchObject({ value: { kind: 'CREATED' } });
  await vi.advanceTimersByTimeAsync(60_000);

  expect(await scene.seen.next()).toMatchObject({ value: { kind: 'UPDATED', sessionId: id } });
  expect(await scene.store.find(id)).toMatchObject({ title: 'New' });
  expect(scene.looks).toHaveLength(2);
});

it('a session that is told of many times at once is looked at once', async () => {
  await using scene = startSync(() => metadataOf());
  for (let count = 0; count < 9; count++) {
    scene.sync.handleLifecycleEvent(told('session.updated'));
  }
  await scene.sync.runInOrder(async () => undefined);

  expect(await scene.seen.next()).toMatchObject({ value: { kind: 'CREATED', sessionId: id } });
  expect(scene.looks).toHaveLength(1);
});

it('a session that was deleted before it was written down is looked for no more', async () => {
  useFakeTimers();
  await using scene = startSync(() => undefined);
  scene.sync.handleLifecycleEvent(told('session.created'));
  await scene.sync.runInOrder(async () => undefined);
  scene.sync.handleLifecycleEvent(told('session.deleted'));
  await vi.advanceTimersByTimeAsync(60_000);

  expect(scene.looks).toEqual([id]);
});

it('a session that is never written down is given up', async () => {
  useFakeTimers();
  await using scene = startSync(() => undefined);
  scene.sync.handleLifecycleEvent(told('session.created'));
  await vi.advanceTimersByTimeAsync(60_000);

  expect(scene.looks).toHaveLength(5);
});

it('nothing is looked for after the end, also not after a look that was under way', async () => {
  useFakeTimers();
  await using scene = startSync(() => undefined);
  scene.sync.handleLifecycleEvent(told('session.created'));
  scene.sync.stop();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(scene.looks).toEqual([id]);
});

it('what is written down after the last that was told is seen also when that came under a look', async () => {
  useFakeTimers();
  const first = new Collector<SessionMetadata>();
  await using scene = startSync((look) =>
    look === 1 ? first.next() : metadataOf(look === 2 ? 'Old' : 'New'),
  );
  scene.sync.handleLifecycleEvent(told('session.updated'));
  await vi.advanceTimersByTimeAsync(0);
  scene.sync.handleLifecycleEvent(told('session.updated'));
  first.push(metadataOf('Old'));
  await vi.advanceTimersByTimeAsync(60_000);

  expect(scene.looks).toHaveLength(3);
  expect(await scene.store.find(id)).toMatchObject({ title: 'New' });
});

it('a session that was deleted under a look is looked for no more', async () => {
  useFakeTimers();
  const first = new Collector<SessionMetadata>();
  await using scene = startSync(() => first.next());
  scene.sync.handleLifecycleEvent(told('session.updated'));
  await vi.advanceTimersByTimeAsync(0);
  scene.sync.handleLifecycleEvent(told('session.deleted'));
  first.push(metadataOf());
  await vi.advanceTimersByTimeAsync(60_000);

  expect(scene.looks).toHaveLength(1);
  expect(await scene.store.find(id)).toBeUndefined();
});
