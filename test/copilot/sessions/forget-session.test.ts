import { setImmediate } from 'node:timers/promises';

import { expect, it } from 'vitest';

import { GitHubTokens } from '../../../src/copilot/profiles/github-tokens.ts';
import { ProviderKeys } from '../../../src/copilot/profiles/provider-keys.ts';
import { forgetSession } from '../../../src/copilot/sessions/forget-session.ts';
import { SessionChanges } from '../../../src/copilot/sessions/session-changes.ts';
import { createSessionRecord } from '../../../src/copilot/sessions/session-record.ts';
import type { UseCaseServices } from '../../../src/copilot/sessions/use-case-services.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';

it('a session that is created again right after its deletion survives the report of that deletion', async () => {
  const store = openSqliteStore(':memory:');
  const removedDirectories: (() => void)[] = [];
  const services = {
    store,
    changes: new SessionChanges(),
    gitHubTokens: new GitHubTokens(),
    providerKeys: new ProviderKeys({ ownProviderHosts: null, isLocalOnly: false }),
    openSessions: { find: () => undefined, drop: () => undefined },
    // The first removal takes long.
    workspaces: {
      removeDirectory: () =>
        removedDirectories.length > 0
          ? Promise.resolve()
          : new Promise<void>((resolve) => removedDirectories.push(resolve)),
    },
    removals: new Map(),
  } as unknown as UseCaseServices;
  const record = createSessionRecord({ id: 's', owner: null, profile: 'default' });
  await store.insert({ ...record, createdAt: new Date(0) });

  const reported = forgetSession('s', new Date(), services);
  const deleted = forgetSession('s', new Date(), services);
  const createdAgain = deleted.then(() =>
    store.insert({ ...record, createdAt: new Date(Date.now() + 1_000) }),
  );
  await setImmediate();
  removedDirectories[0]?.();

  expect(await createdAgain).toBe(true);
  await reported;
  expect(await store.find('s')).toBeDefined();
  store.close();
});
