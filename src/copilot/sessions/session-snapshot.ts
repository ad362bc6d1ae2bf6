import { createSessionNotFoundError } from '../../errors/common-errors.ts';
import { CursorCodec, NO_EPOCH } from '../../events/cursor.ts';
import type { SessionId } from '../../events/ids.ts';
import type {
  SessionPage,
  SessionQuery,
  SessionRecord,
  SessionSlice,
  SessionStore,
} from '../../store/session-store.ts';
import { Journal } from '../runtime/journal.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { isDurableEvent } from '../translate/event-types.ts';
import type { OpenSessions } from './open-sessions.ts';

/** A record, and the position in the session's events just before the record was read. */
export interface SessionSnapshot extends SessionRecord {
  /** Resolves to the same cursor each time. */
  readonly cursor: () => Promise<string>;
}

export interface SnapshotPage extends SessionPage {
  readonly records: readonly SessionSnapshot[];
}

/** A query that cannot leave out whose sessions it means. */
export type OwnedSessionsQuery = SessionQuery & { readonly owner: string | null };

interface SessionSnapshotsOptions {
  readonly runtime: Runtime;
  readonly store: SessionStore;
  readonly openSessions: OpenSessions;
}

const TAIL_EVENTS = 20;

/** Reads records together with cursors that are captured first: a client that follows from there misses nothing. */
export class SessionSnapshots {
  readonly #options: SessionSnapshotsOptions;

  constructor(options: SessionSnapshotsOptions) {
    this.#options = options;
  }

  async find(id: string): Promise<SessionSnapshot | null> {
    const cursor = this.#captureCursor(id);
    const record = await this.#options.store.find(id);
    return record ? { ...record, cursor } : null;
  }

  /** @throws {GatewayError} SESSION_NOT_FOUND */
  async require(id: SessionId): Promise<SessionSnapshot> {
    const snapshot = await this.find(id);
    if (!snapshot) throw createSessionNotFoundError();
    return snapshot;
  }

  async list(query: OwnedSessionsQuery, slice: SessionSlice): Promise<SnapshotPage> {
    const { store, openSessions } = this.#options;
    const cursors = new Map(openSessions.list().map(({ id }) => [id, this.#captureCursor(id)]));
    const page = await store.listSessions(query, slice);
    const records = page.records.map((record) => ({
      ...record,
      cursor: cursors.get(record.id as SessionId) ?? this.#createLazyCursor(record.id),
    }));
    return { ...page, records };
  }

  #captureCursor(id: string): () => Promise<string> {
    const session = this.#options.openSessions.find(id);
    if (!session?.isAttached) return this.#createLazyCursor(id);
    const { lazyCursor } = session.log;
    return () => Promise.resolve(lazyCursor());
  }

  /** For a session that is not attached: the end of its journal, read when it is asked for first. */
  #createLazyCursor(id: string): () => Promise<string> {
    let cursor: Promise<string> | undefined;
    return () => (cursor ??= this.#readCursor(id));
  }

  async #readCursor(id: string): Promise<string> {
    const { runtime, store, openSessions } = this.#options;
    const record = await store.find(id);
    // The runtime has the history of a cloud session only while it is attached.
    if (record?.location === 'cloud')
      await openSessions.use(record.id as SessionId, ({ session }) => session.attach());
    const tail = await new Journal(runtime, id).readTail(TAIL_EVENTS);
    const journalEventId = tail.findLast((event) => isDurableEvent(event))?.id ?? null;
    const rewinds = record?.rewinds ?? 0;
    return new CursorCodec(id).encode({ rewinds, epoch: NO_EPOCH, sequence: 0, journalEventId });
  }
}
