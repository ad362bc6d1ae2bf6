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

async function createStoreWithSession(): Promise<SessionStore> {
  const store = openSqliteStore(':memory:');
  await store.insert(record);
  return store;
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

test('lists a request, and its session as waiting until the request is resolved', async () => {
  const store = await createStoreWithSession();
  await store.requests.save('s', open);
  expect(await store.requests.list('s')).toEqual([open]);
  expect(await store.requests.listWaitingSessionIds()).toEqual(['s']);
  await store.requests.save('s', resolved);
  expect(await store.requests.list('s')).toEqual([resolved]);
  expect(await store.requests.listWaitingSessionIds()).toEqual([]);
  store.close();
});

test('keeps all open requests, and the newest 500 of a session', async () => {
  const store = await createStoreWithSession();
  await store.requests.save('s', open);
  for (let index = 0; index < 510; index++)
    await store.requests.save('s', { ...resolved, requestId: `x${String(index)}` });
  const ids = (await store.requests.list('s')).map(({ requestId }) => requestId);
  expect(ids).toHaveLength(501);
  expect(ids[0]).toBe('r1');
  expect(ids.at(-1)).toBe('x509');
  store.close();
});

test('removes requests with their session, and stores none without one', async () => {
  const store = await createStoreWithSession();
  await store.requests.save('s', open);
  await store.remove('s');
  await store.requests.save('s', open);
  expect(await store.requests.list('s')).toEqual([]);
  store.close();
});
