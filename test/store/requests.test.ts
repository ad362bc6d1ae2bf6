import { expect, test } from 'vitest';

import type { SessionRecord, SessionStore, StoredRequest } from '../../src/store/session-store.ts';
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

async function directoryWithSession(): Promise<SessionStore> {
  const directory = openSqliteStore(':memory:');
  await directory.insert(record);
  return directory;
}

const open: StoredRequest = {
  requestId: 'r1',
  turnMessageId: 'm1',
  agentId: null,
  requestedAt: new Date(1_000),
  expiresAt: new Date(2_000),
  resolution: null,
  resolvedAt: null,
};
const resolved: StoredRequest = { ...open, resolution: 'EXPIRED', resolvedAt: new Date(2_000) };

test('a request is known from when it is asked, and its session waits until it is resolved', async () => {
  const directory = await directoryWithSession();
  await directory.requests.save('s', open);
  expect(await directory.requests.list('s')).toEqual([open]);
  expect(await directory.requests.listWaitingSessionIds()).toEqual(['s']);
  await directory.requests.save('s', resolved);
  expect(await directory.requests.list('s')).toEqual([resolved]);
  expect(await directory.requests.listWaitingSessionIds()).toEqual([]);
  directory.close();
});

test('of the resolved ones the newest 500 are kept, and all that are open', async () => {
  const directory = await directoryWithSession();
  await directory.requests.save('s', open);
  for (let index = 0; index < 510; index++)
    await directory.requests.save('s', { ...resolved, requestId: `x${String(index)}` });
  const ids = (await directory.requests.list('s')).map(({ requestId }) => requestId);
  expect(ids).toHaveLength(501);
  expect(ids[0]).toBe('r1');
  expect(ids.at(-1)).toBe('x509');
  directory.close();
});

test('requests go with their session, and none is kept without one', async () => {
  const directory = await directoryWithSession();
  await directory.requests.save('s', open);
  await directory.remove('s');
  await directory.requests.save('s', open);
  expect(await directory.requests.list('s')).toEqual([]);
  directory.close();
});
