import type { SessionPage, SessionQuery, SessionRecord } from '../../store/session-store.ts';

/** A record, and the position in the session's events just before the record was read. */
export interface SessionSnapshot extends SessionRecord {
  /** The same each time, once it was asked for. */
  readonly cursor: () => Promise<string>;
}

export interface SnapshotPage extends SessionPage {
  readonly records: readonly SessionSnapshot[];
}

/** Nobody can leave out whose sessions are meant. */
export type OwnedSessionsQuery = SessionQuery & { readonly owner: string | null };
