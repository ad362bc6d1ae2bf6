import { expect, it } from 'vitest';

import type { Session } from '../../../src/copilot/session/session.ts';
import { changeModel } from '../../../src/copilot/sessions/change-model.ts';
import { createSessionRecord } from '../../../src/copilot/sessions/session-record.ts';
import { GatewayError } from '../../../src/errors/gateway-error.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';

it('a model that the runtime rejects is not stored', async () => {
  const store = openSqliteStore(':memory:');
  await store.insert(
    createSessionRecord({ id: 's', owner: null, profile: 'default', model: 'old' }),
  );
  const rejection = new GatewayError('RUNTIME_UNAVAILABLE', 'Gone.');
  const session = {
    id: 's',
    isAttached: true,
    setModel: () => Promise.reject(rejection),
  } as unknown as Session;
  const choice = { model: 'new', reasoningEffort: null };
  await expect(changeModel(session, choice, { store })).rejects.toBe(rejection);
  expect((await store.find('s'))?.model).toBe('old');
  store.close();
});
