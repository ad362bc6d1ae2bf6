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
  /** Longest text that is held while it is streamed. */
  readonly messageBytes: number;
  /** How long a turn may be open without an event before it is stopped. */
  readonly turnStallMs: number;
  /** How long a message is held for the worker of a cloud session. */
  readonly cloudStartMs: number;
  /** How long a turn may be open without an event before the runtime's event log is read. */
  readonly silenceMs: number;
  /** How long the runtime may take to write an event to the journal after it has emitted it. */
  readonly journalLagMs: number;
  /** Time after which an unused session is detached, in milliseconds, or null for never. */
  readonly idleDisconnectMs: number | null;
  /** Interval at which all sessions are compared with those of the runtime. */
  readonly syncIntervalMs: number;
}

/** The services that all sessions share. */
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
  /** Called when the state or the record of a session has changed. */
  readonly onSessionChanged: (sessionId: string) => void;
  /** Called when the runtime no longer has the session: another client has deleted it. */
  readonly onSessionGone: (sessionId: string) => void;
  /** Called when the session is detached and has not been needed for a while. */
  readonly onSessionUnused: (sessionId: string) => void;
}
