import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import type { Turn } from '../../src/events/turn.ts';
import type { Usage } from '../../src/events/usage.ts';
import type { SessionRecord, SessionStore } from '../../src/store/session-store.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';

const record: SessionRecord = {
  id: 's',
  owner: null,
  profile: 'default',
  model: null,
  reasoningEffort: null,
  title: null,
  titleChosen: false,
  instructions: null,
  labels: [],
  clientTools: [],
  repository: null,
  location: 'local',
  remoteMode: 'off',
  isStarting: false,
  remoteUrl: null,
  remoteSteerable: false,
  workingDirectory: 'fresh',
  gitHubAccount: 'server',
  ownProvider: null,
  hasMessages: true,
  rewinds: 0,
  createdAt: new Date(0),
  updatedAt: new Date(0),
};
const call: Usage = {
  inputTokens: 100,
  outputTokens: 10,
  cacheReadTokens: 80,
  cacheWriteTokens: 5,
  premiumRequests: null,
};
const nothing = {
  turns: 0,
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  premiumRequests: null,
  contextTokens: null,
  contextLimit: null,
};

async function createStoreWithSession(file = ':memory:'): Promise<SessionStore> {
  const store = openSqliteStore(file);
  await store.insert(record);
  return store;
}

test('returns zeros for a session without model calls', async () => {
  const store = await createStoreWithSession();
  expect(await store.usage.get('s')).toEqual(nothing);
  expect(await store.usage.get('unknown')).toEqual(nothing);
});

test('adds up model calls, and premium requests if some are billed', async () => {
  const store = await createStoreWithSession();
  await store.usage.addCall('s', call, new Date(1));
  expect(await store.usage.addCall('s', call, new Date(1))).toEqual({
    ...nothing,
    inputTokens: 200,
    outputTokens: 20,
    cacheReadTokens: 160,
    cacheWriteTokens: 10,
  });
  await store.usage.addCall('s', { ...call, premiumRequests: 0.33 }, new Date(1));
  await store.usage.addCall('s', call, new Date(1));
  const sum = await store.usage.addCall('s', { ...call, premiumRequests: 1 }, new Date(1));
  expect(sum.premiumRequests).toBeCloseTo(1.33);
});

test('replaces the context window and keeps the sums', async () => {
  const store = await createStoreWithSession();
  await store.usage.saveContextWindow('s', { contextTokens: 8_000, contextLimit: 128_000 });
  await store.usage.addCall('s', call, new Date(1));
  const window = { contextTokens: 500, contextLimit: 64_000 };
  expect(await store.usage.saveContextWindow('s', window)).toMatchObject({
    ...window,
    inputTokens: 100,
  });
});

test('counts turns that have started only', async () => {
  const store = await createStoreWithSession();
  const turn: Turn = {
    sessionId: 's',
    messageId: 'queued',
    state: 'QUEUED',
    queuedAt: new Date(0),
    startedAt: null,
    finishedAt: null,
    replyId: null,
    reply: null,
    error: null,
    usage: null,
  };
  await store.saveTurn(turn);
  await store.saveTurn({ ...turn, messageId: 'begun', startedAt: new Date(1) });
  expect((await store.usage.get('s')).turns).toBe(1);
});

test('keeps usage over a restart, and removes it with the session', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'usage-test-'));
  try {
    const file = join(directory, 'gateway.db');
    const before = await createStoreWithSession(file);
    const usage = await before.usage.addCall('s', call, new Date(1));
    const intent = { turnMessageId: 'm', intent: 'Looking around', occurredAt: new Date(7) };
    await before.usage.saveIntent('s', { ...intent, intent: 'An earlier one' });
    await before.usage.saveIntent('s', intent);
    before.close();

    const after = openSqliteStore(file);
    expect(await after.usage.get('s')).toEqual(usage);
    expect(await after.usage.findIntent('s')).toEqual(intent);
    await after.remove('s');
    expect(await after.usage.get('s')).toEqual(nothing);
    expect(await after.usage.findIntent('s')).toBeUndefined();
    expect(await after.usage.addCall('s', call, new Date(1))).toEqual(nothing);
    await after.usage.saveIntent('s', intent);
    expect(await after.usage.findIntent('s')).toBeUndefined();
    after.close();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
