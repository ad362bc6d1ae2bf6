import type { Logger } from 'pino';

import type { SessionStore } from '../store/session-store.ts';
import type { GitHubTokens } from './profiles/github-tokens.ts';
import type { Profile } from './profiles/profiles.ts';
import type { ProviderKeys } from './profiles/provider-keys.ts';
import type { Workspaces } from './profiles/workspaces.ts';
import type { RepairCounter } from './runtime/repair-counter.ts';
import type { Runtime } from './runtime/runtime.ts';

export interface SessionSettings {
  readonly logBytes: number;
  readonly logAgeMs: number;
  /** Longest text that is held while it is written. */
  readonly messageBytes: number;
  /** How long nothing may be heard of a running turn. */
  readonly turnStallMs: number;
  /** How long a message waits for the worker of a cloud session. */
  readonly cloudStartMs: number;
  /** How long nothing may be heard of a running turn before the runtime's event log is read. */
  readonly silenceMs: number;
  /** How long the runtime may take to write down what it has told. */
  readonly journalLagMs: number;
  /** Null: never. */
  readonly idleDisconnectMs: number | null;
  /** How often all sessions are compared with those of the runtime. */
  readonly syncIntervalMs: number;
}

/** What a session needs of its surroundings. */
export interface SessionServices {
  readonly runtime: Runtime;
  readonly store: SessionStore;
  readonly profiles: readonly Profile[];
  readonly settings: SessionSettings;
  readonly workspaces: Workspaces;
  readonly gitHubTokens: GitHubTokens;
  readonly providerKeys: ProviderKeys;
  readonly logger: Logger;
  readonly repairs: RepairCounter;
  /** The session's state or record changed. */
  readonly onSessionChanged: (sessionId: string) => void;
  /** The runtime no longer has the session: it was deleted elsewhere. */
  readonly onSessionGone: (sessionId: string) => void;
  /** Nobody has needed the session for a while, and it is not attached. */
  readonly onSessionUnused: (sessionId: string) => void;
}
