import type { SessionServices } from '../services.ts';
import type { OpenSessions } from './open-sessions.ts';
import type { SessionChanges } from './session-changes.ts';
import type { SessionSync } from './session-sync.ts';

/** What a use case needs: the services of a single session, and what is known of all sessions. */
export interface UseCaseServices extends Omit<
  SessionServices,
  'onSessionChanged' | 'onSessionGone' | 'onSessionUnused'
> {
  readonly openSessions: OpenSessions;
  readonly changes: SessionChanges;
  readonly sync: SessionSync;
  /** Ids of sessions that are being created. They have no updates and are not cleaned up before they are announced. */
  readonly creatingIds: Set<string>;
  /** Removals that are running, by session id. */
  readonly removals: Map<string, Promise<void>>;
}
