import { expect, it } from 'vitest';

import type { Session } from '../../../src/copilot/session/session.ts';
import { changeModel } from '../../../src/copilot/sessions/change-model.ts';
import { GatewayError } from '../../../src/errors/gateway-error.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';

it('a model that the runtime refuses is not remembered', async () => {
  const store = openSqliteStore(':memory:');
  const now = new Date();
  await store.insert({
    ...{
      id: 's',
      owner: null,
      profile: 'default',
      model: 'old',
      reasoningEffort: null,
      title: null,
    },
    ...{
      titleChosen: false,
      instructions: null,
      labels: [],
      clientTools: [],
      repository: null,
      rewinds: 0,
    },
    ...{
      location: 'local',
      remoteMode: 'off',
      isStarting: false,
      remoteUrl: null,
      remoteSteerable: false,
      workingDirectory: 'runtime',
      gitHubAccount: 'server',
      ownProvider: null,
      hasMessages: false,
      createdAt: now,
      updatedAt: now,
    },
  });
  const refusal = new GatewayError('RUNTIME_UNAVAILABLE', 'Gone.');
  const session = {
    id: 's',
    isAttached: true,
    setModel: () => Promise.reject(refusal),
  } as unknown as Session;
  const choice = { model: 'new', reasoningEffort: null };
  await expect(changeModel(session, choice, { store })).rejects.toBe(refusal);
  expect((await store.find('s'))?.model).toBe('old');
  store.close();
});
