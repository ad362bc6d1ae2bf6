import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Logger } from 'pino';

import { Admission } from './admission/admission.ts';
import { createAuthenticator } from './auth/authenticator.ts';
import type { Config } from './config/config.ts';
import { GitHubTokens } from './copilot/profiles/github-tokens.ts';
import { createProfiles } from './copilot/profiles/profiles.ts';
import { ProviderKeys } from './copilot/profiles/provider-keys.ts';
import { Workspaces } from './copilot/profiles/workspaces.ts';
import { Runtime } from './copilot/runtime/runtime.ts';
import { SessionReader } from './copilot/sessions/session-reader.ts';
import { Sessions } from './copilot/sessions/sessions.ts';
import { version } from './lifecycle/version.ts';
import type { GatewayState, Services } from './resolvers/context.ts';
import { GatewayServer } from './server/gateway.ts';
import { lockDirectory } from './store/lock-directory.ts';
import type { SessionStore } from './store/session-store.ts';
import { openSqliteStore } from './store/sqlite-store.ts';

/** Seen: 0.1 s in one of ten, and 0.7 s on a busy machine. */
const JOURNAL_LAG_MS = 3_000;
/** Of a running turn; a model may well think for longer, which costs one small read each time. */
const SILENCE_MS = 5_000;

export interface RunningGateway {
  /** Address of the GraphQL endpoint. */
  readonly url: string;
  readonly services: Services;
  readonly store: SessionStore;
  close(): Promise<void>;
}

/** Puts the layers together and serves. Resolves when the port is open and the runtime was tried once. */
export async function startGateway(config: Config, logger: Logger): Promise<RunningGateway> {
  createRuntimeDirectories(config);
  const { store, closeStore } = openStore(config);
  const runtime = new Runtime(config.runtime, logger);
  const profiles = createProfiles(config);
  const { cleanup, ...limits } = config.sessions;
  const settings = { ...limits, journalLagMs: JOURNAL_LAG_MS, silenceMs: SILENCE_MS };
  const workspaces = new Workspaces(join(config.dataDir, 'workspaces'));
  const accounts = createAccounts(config.runtime);
  const sessionServices = { runtime, store, profiles, workspaces, ...accounts, logger };
  const sessions = new Sessions({ ...sessionServices, settings, cleanup });
  const services: Services = {
    runtime,
    sessions,
    reader: new SessionReader({ sessions, store, runtime }),
    profiles,
    gateway: createGatewayState(),
    admission: new Admission(config.limits),
    audit: createAuditWriter(logger),
    limits: config.sessions,
  };
  const authenticate = buildAuthenticator(config, accounts);
  const gateway = new GatewayServer({ config: config.http, services, authenticate, logger });
  const close = async (): Promise<void> => {
    runtime.prepareToStop();
    await gateway.close();
    sessions.stop();
    await runtime.stop();
    closeStore();
  };
  try {
    await sessions.recover();
    const url = await gateway.listen();
    await sessions.start();
    return { url, services, store, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function buildAuthenticator({ auth }: Config, { gitHubTokens }: ReturnType<typeof createAccounts>) {
  return createAuthenticator(auth, (id, token) => gitHubTokens.setOwnerToken(id, token));
}

function createAccounts(runtime: Config['runtime']) {
  return { gitHubTokens: new GitHubTokens(), providerKeys: new ProviderKeys(runtime) };
}

function createAuditWriter(logger: Logger): Services['audit'] {
  return (record) => {
    logger.info(record, 'audit');
  };
}

function createGatewayState(): GatewayState {
  const drainController = new AbortController();
  return { version, startedAt: new Date(), drainController, activeSubscriptions: 0 };
}

function createRuntimeDirectories({ runtime }: Config): void {
  if (runtime.kind !== 'bundled') return;
  mkdirSync(runtime.home, { recursive: true, mode: 0o700 });
  mkdirSync(runtime.workspace, { recursive: true, mode: 0o700 });
}

/** Locked first: what another gateway has open must not be migrated under it. */
function openStore({ dataDir, storeFile }: Config): {
  store: SessionStore;
  closeStore: () => void;
} {
  const lock = lockDirectory(dataDir);
  try {
    const store = openSqliteStore(storeFile);
    const closeStore = (): void => {
      store.close();
      lock.release();
    };
    return { store, closeStore };
  } catch (error) {
    lock.release();
    throw error;
  }
}
