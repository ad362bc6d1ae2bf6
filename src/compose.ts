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
import type { Services } from './resolvers/context.ts';
import { GatewayServer } from './server/gateway.ts';
import { lockDirectory } from './store/lock-directory.ts';
import type { SessionStore } from './store/session-store.ts';
import { openSqliteStore } from './store/sqlite-store.ts';

/**
 * Time that the runtime gets to write an event to its journal after it has pushed the event. Measured: 0.1 s in one of
 * ten cases, and 0.7 s on a busy machine.
 */
const JOURNAL_LAG_MS = 3_000;
/** Time without an event of a running turn after which the journal is read. A model that thinks costs one read each time. */
const SILENCE_MS = 5_000;

export interface RunningGateway {
  /** URL of the GraphQL endpoint. */
  readonly url: string;
  readonly services: Services;
  readonly store: SessionStore;
  close(): Promise<void>;
}

/**
 * Creates the parts of the gateway from bottom to top, connects them, and serves:
 *
 *     store, runtime, profiles, accounts ── sessions ── services (for resolvers) ── server
 *
 * Resolves when the port is open and the runtime was tried once. Closing goes from top to bottom.
 */
export async function startGateway(config: Config, logger: Logger): Promise<RunningGateway> {
  createRuntimeDirectories(config);
  const { store, close: closeStore } = openStore(config);
  const runtime = new Runtime(config.runtime, logger);
  const profiles = createProfiles(config);
  const gitHubTokens = new GitHubTokens();
  const { cleanup, ...sessionLimits } = config.sessions;
  const sessions = new Sessions({
    runtime,
    store,
    profiles,
    workspaces: new Workspaces(join(config.dataDir, 'workspaces')),
    gitHubTokens,
    providerKeys: new ProviderKeys(config.runtime),
    logger,
    settings: { ...sessionLimits, journalLagMs: JOURNAL_LAG_MS, silenceMs: SILENCE_MS },
    cleanup,
  });
  const services: Services = {
    runtime,
    sessions,
    reader: new SessionReader({ sessions, store, runtime }),
    profiles,
    gateway: {
      version,
      startedAt: new Date(),
      drainController: new AbortController(),
      activeSubscriptions: 0,
    },
    admission: new Admission(config.limits),
    audit: (record) => {
      logger.info(record, 'audit');
    },
    limits: config.sessions,
  };
  const authenticate = createAuthenticator(config.auth, (viewerId, token) => {
    gitHubTokens.setOwnerToken(viewerId, token);
  });
  const server = new GatewayServer({ config: config.http, services, authenticate, logger });

  const close = async (): Promise<void> => {
    runtime.prepareToStop();
    await server.close();
    sessions.stop();
    await runtime.stop();
    closeStore();
  };
  try {
    await sessions.recover();
    const url = await server.listen();
    await sessions.start();
    return { url, services, store, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function createRuntimeDirectories({ runtime }: Config): void {
  if (runtime.kind !== 'bundled') return;
  mkdirSync(runtime.home, { recursive: true, mode: 0o700 });
  mkdirSync(runtime.workspace, { recursive: true, mode: 0o700 });
}

interface OpenStore {
  readonly store: SessionStore;
  readonly close: () => void;
}

/** Locks the directory before it opens the store: another gateway's database must not be migrated while it is in use. */
function openStore({ dataDir, storeFile }: Config): OpenStore {
  const lock = lockDirectory(dataDir);
  try {
    const store = openSqliteStore(storeFile);
    const close = (): void => {
      store.close();
      lock.release();
    };
    return { store, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}
