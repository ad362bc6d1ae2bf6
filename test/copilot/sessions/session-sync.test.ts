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

const id = 'created-elsewhere';

function metadataOf(summary = 'Title'): SessionMetadata {
  const [startTime, modifiedTime] = [new Date(0), new Date(0)];
  return { sessionId: id, startTime, modifiedTime, isRemote: false, summary };
}

/** Only these fields of a lifecycle event are read. */
function createEvent(type: SessionLifecycleEvent['type']): SessionLifecycleEvent {
  return { type, sessionId: id } as SessionLifecycleEvent;
}

/** A runtime that writes a session down some time after it reported the session. */
function startSync(
  readMetadata: (check: number) => SessionMetadata | undefined | Promise<SessionMetadata>,
) {
  const checks: string[] = [];
  const client = {
    getSessionMetadata: async (sessionId: string) => {
      checks.push(sessionId);
      return readMetadata(checks.length);
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
  return { sync, checks, seen, store, [Symbol.asyncDispose]: close };
}

function useFakeTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
}

it.each(['session.created', 'session.updated'] as const)(
  'imports a session that the runtime writes down after the last %s event',
  async (type) => {
    await using scene = startSync((check) => (check < 3 ? undefined : metadataOf()));
    scene.sync.handleLifecycleEvent(createEvent(type));

    expect(await scene.seen.next()).toMatchObject({ value: { kind: 'CREATED', sessionId: id } });
    expect(scene.checks).toHaveLength(3);
  },
);

it('imports an update that the runtime writes down after its last event', async () => {
  useFakeTimers();
  await using scene = startSync((check) => metadataOf(check === 1 ? 'Old' : 'New'));
  scene.sync.handleLifecycleEvent(createEvent('session.updated'));
  expect(await scene.seen.next()).toMatchObject({ value: { kind: 'CREATED' } });
  await vi.advanceTimersByTimeAsync(60_000);

  expect(await scene.seen.next()).toMatchObject({ value: { kind: 'UPDATED', sessionId: id } });
  expect(await scene.store.find(id)).toMatchObject({ title: 'New' });
  expect(scene.checks).toHaveLength(2);
});

it('checks a session once that is reported many times at once', async () => {
  await using scene = startSync(() => metadataOf());
  for (let count = 0; count < 9; count++) {
    scene.sync.handleLifecycleEvent(createEvent('session.updated'));
  }
  await scene.sync.runInOrder(async () => undefined);

  expect(await scene.seen.next()).toMatchObject({ value: { kind: 'CREATED', sessionId: id } });
  expect(scene.checks).toHaveLength(1);
});

it('stops checking a session that was deleted before the runtime wrote it down', async () => {
  useFakeTimers();
  await using scene = startSync(() => undefined);
  scene.sync.handleLifecycleEvent(createEvent('session.created'));
  await scene.sync.runInOrder(async () => undefined);
  scene.sync.handleLifecycleEvent(createEvent('session.deleted'));
  await vi.advanceTimersByTimeAsync(60_000);

  expect(scene.checks).toEqual([id]);
});

it('gives up on a session that the runtime never writes down', async () => {
  useFakeTimers();
  await using scene = startSync(() => undefined);
  scene.sync.handleLifecycleEvent(createEvent('session.created'));
  await vi.advanceTimersByTimeAsync(60_000);

  expect(scene.checks).toHaveLength(5);
});

it('checks nothing after it was stopped, also not when a check was running', async () => {
  useFakeTimers();
  await using scene = startSync(() => undefined);
  scene.sync.handleLifecycleEvent(createEvent('session.created'));
  scene.sync.stop();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(scene.checks).toEqual([id]);
});

it('imports an update whose last event arrived during a check', async () => {
  useFakeTimers();
  const first = new Collector<SessionMetadata>();
  await using scene = startSync((check) =>
    check === 1 ? first.next() : metadataOf(check === 2 ? 'Old' : 'New'),
  );
  scene.sync.handleLifecycleEvent(createEvent('session.updated'));
  await vi.advanceTimersByTimeAsync(0);
  scene.sync.handleLifecycleEvent(createEvent('session.updated'));
  first.push(metadataOf('Old'));
  await vi.advanceTimersByTimeAsync(60_000);

  expect(scene.checks).toHaveLength(3);
  expect(await scene.store.find(id)).toMatchObject({ title: 'New' });
});

it('stops checking a session that was deleted during a check', async () => {
  useFakeTimers();
  const first = new Collector<SessionMetadata>();
  await using scene = startSync(() => first.next());
  scene.sync.handleLifecycleEvent(createEvent('session.updated'));
  await vi.advanceTimersByTimeAsync(0);
  scene.sync.handleLifecycleEvent(createEvent('session.deleted'));
  first.push(metadataOf());
  await vi.advanceTimersByTimeAsync(60_000);

  expect(scene.checks).toHaveLength(1);
  expect(await scene.store.find(id)).toBeUndefined();
});
