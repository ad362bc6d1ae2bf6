import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Logger } from 'pino';

import { Admission } from './admission/admission.ts';
import { authenticator } from './auth/authenticate.ts';
import type { Config } from './config/config.ts';
import { GitHubTokens } from './copilot/profiles/github-tokens.ts';
import { profilesOf } from './copilot/profiles/profiles.ts';
import { OwnProviders } from './copilot/profiles/provider-keys.ts';
import { Workspaces } from './copilot/profiles/workspaces.ts';
import { Runtime } from './copilot/runtime/runtime.ts';
import { SessionReader } from './copilot/sessions/session-reader.ts';
import { Sessions } from './copilot/sessions/sessions.ts';
import { version } from './lifecycle/version.ts';
import type { GatewayState, Services } from './resolvers/context.ts';
import { Gateway } from './server/gateway.ts';
import { lockFolder } from './store/lock-folder.ts';
import type { SessionDirectory } from './store/session-directory.ts';
import { openSqliteDirectory } from './store/sqlite.ts';

/** Seen: 0.1 s in one of ten, and 0.7 s on a busy machine. */
const JOURNAL_LAG_MS = 3_000;
/** Of a running turn; a model may well think for longer, which costs one small read each time. */
const SILENCE_MS = 5_000;

export interface RunningGateway {
  /** Address of the GraphQL endpoint. */
  readonly url: string;
  readonly services: Services;
  readonly directory: SessionDirectory;
  close(): Promise<void>;
}

/** Puts the layers together and serves. Resolves when the port is open and the runtime was tried once. */
export async function startGateway(config: Config, log: Logger): Promise<RunningGateway> {
  makeFolders(config);
  const { directory, closeDirectory } = openDirectory(config);
  const runtime = new Runtime(config.runtime, log);
  const profiles = profilesOf(config);
  const { cleanup, ...limits } = config.sessions;
  const settings = { ...limits, journalLagMs: JOURNAL_LAG_MS, silenceMs: SILENCE_MS };
  const workspaces = new Workspaces(join(config.dataDir, 'workspaces'));
  const accounts = accountsOf(config.runtime);
  const of = { runtime, directory, profiles, workspaces, ...accounts, log };
  const sessions = new Sessions({ ...of, settings, cleanup });
  const services: Services = {
    runtime,
    sessions,
    reader: new SessionReader({ sessions, directory, runtime }),
    profiles,
    gateway: newGatewayState(),
    admission: new Admission(config.limits),
    audit: auditTo(log),
    limits: config.sessions,
  };
  const authenticate = authenticatorOf(config, accounts);
  const gateway = new Gateway({ config: config.http, services, authenticate, log });
  const close = async (): Promise<void> => {
    runtime.retire();
    await gateway.close();
    sessions.stop();
    await runtime.stop();
    closeDirectory();
  };
  try {
    await sessions.takeUp();
    const url = await gateway.listen();
    await sessions.start();
    return { url, services, directory, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function authenticatorOf({ auth }: Config, { gitHubTokens }: ReturnType<typeof accountsOf>) {
  return authenticator(auth, (id, token) => gitHubTokens.signedIn(id, token));
}

function accountsOf(runtime: Config['runtime']) {
  return { gitHubTokens: new GitHubTokens(), ownProviders: new OwnProviders(runtime) };
}

function auditTo(log: Logger): Services['audit'] {
  return (record) => {
    log.info(record, 'audit');
  };
}

function newGatewayState(): GatewayState {
  const ending = new AbortController();
  return { version, startedAt: new Date(), ending, activeSubscriptions: 0 };
}

function makeFolders({ runtime }: Config): void {
  if (runtime.kind !== 'bundled') return;
  mkdirSync(runtime.home, { recursive: true, mode: 0o700 });
  mkdirSync(runtime.workspace, { recursive: true, mode: 0o700 });
}

/** Locked first: what another gateway has open must not be migrated under it. */
function openDirectory({ dataDir, directoryFile }: Config): {
  directory: SessionDirectory;
  closeDirectory: () => void;
} {
  const lock = lockFolder(dataDir);
  try {
    const directory = openSqliteDirectory(directoryFile);
    const closeDirectory = (): void => {
      directory.close();
      lock.release();
    };
    return { directory, closeDirectory };
  } catch (error) {
    lock.release();
    throw error;
  }
}
