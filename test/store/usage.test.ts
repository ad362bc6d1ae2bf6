import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import type { Turn } from '../../src/events/turn.ts';
import type { Usage } from '../../src/events/usage.ts';
import type { SessionRecord,SessionStore } from '../../src/store/session-store.ts';
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

async function directoryWithSession(file = ':memory:'): Promise<SessionStore> {
  const directory = openSqliteStore(file);
  await directory.insert(record);
  return directory;
}

test('a session that has used nothing has used nothing', async () => {
  const directory = await directoryWithSession();
  expect(await directory.usage.get('s')).toEqual(nothing);
  expect(await directory.usage.get('unknown')).toEqual(nothing);
});

test('calls add up; premium requests only where some are billed', async () => {
  const directory = await directoryWithSession();
  await directory.usage.addCall('s', call, new Date(1));
  expect(await directory.usage.addCall('s', call, new Date(1))).toEqual({
    ...nothing,
    inputTokens: 200,
    outputTokens: 20,
    cacheReadTokens: 160,
    cacheWriteTokens: 10,
  });
  await directory.usage.addCall('s', { ...call, premiumRequests: 0.33 }, new Date(1));
  await directory.usage.addCall('s', call, new Date(1));
  const sum = await directory.usage.addCall('s', { ...call, premiumRequests: 1 }, new Date(1));
  expect(sum.premiumRequests).toBeCloseTo(1.33);
});

test('the context window is the latest, beside the sums', async () => {
  const directory = await directoryWithSession();
  await directory.usage.saveContextWindow('s', { contextTokens: 8_000, contextLimit: 128_000 });
  await directory.usage.addCall('s', call, new Date(1));
  const window = { contextTokens: 500, contextLimit: 64_000 };
  expect(await directory.usage.saveContextWindow('s', window)).toMatchObject({
    ...window,
    inputTokens: 100,
  });
});

test('only turns that have begun count', async () => {
  const directory = await directoryWithSession();
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
  await directory.saveTurn(turn);
  await directory.saveTurn({ ...turn, messageId: 'begun', startedAt: new Date(1) });
  expect((await directory.usage.get('s')).turns).toBe(1);
});

test('all of it outlives the process, and nothing of it the session', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'usage-test-'));
  try {
    const file = join(folder, 'gateway.db');
    const before = await directoryWithSession(file);
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
    rmSync(folder, { recursive: true, force: true });
  }
});
