import { CursorCodec, NO_EPOCH } from '../../events/cursor.ts';
import type { SessionId } from '../../events/ids.ts';
import type { SessionSlice,SessionStore } from '../../store/session-store.ts';
import { Journal } from '../runtime/journal.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Session } from '../session/session.ts';
import { isDurableEvent } from '../translate/event-types.ts';
import type { OpenSessions } from './open-sessions.ts';
import type { OwnedSessionsQuery, SnapshotPage } from './session-snapshot.ts';

const TAIL_EVENTS = 20;

/** Where the events of sessions stand. */
export class SessionCursorReader {
  readonly #options: { readonly runtime: Runtime; readonly store: SessionStore };
  readonly #openSessions: OpenSessions;

  constructor(
    options: { readonly runtime: Runtime; readonly store: SessionStore },
    open: OpenSessions,
  ) {
    this.#options = options;
    this.#openSessions = open;
  }

  /** The position at the time of this call; the same each time, once it was asked for. */
  captureCursor(id: string): () => Promise<string> {
    const session = this.#openSessions.find(id);
    if (!session?.isAttached) return this.createLazyCursor(id);
    const { lazyCursor } = session.log;
    return () => Promise.resolve(lazyCursor());
  }

  /** Of a session that others may use meanwhile: the end of what the runtime has recorded. Read when asked for. */
  createLazyCursor(id: string): () => Promise<string> {
    let cursor: Promise<string> | undefined;
    return () => (cursor ??= this.#readCursor(id));
  }

  /** With positions from before the records were read. */
  async listSnapshots(query: OwnedSessionsQuery, slice: SessionSlice): Promise<SnapshotPage> {
    const before = new Map(this.#openSessions.list().map(({ id }) => [id, this.captureCursor(id)]));
    const page = await this.#options.store.listSessions(query, slice);
    const records = page.records.map((record) => ({
      ...record,
      cursor: before.get(record.id as SessionId) ?? this.createLazyCursor(record.id),
    }));
    return { ...page, records };
  }

  async #readCursor(id: string): Promise<string> {
    const { runtime, store } = this.#options;
    const record = await store.find(id);
    // Of a cloud session the runtime has a history only while it is attached.
    if (record?.location === 'cloud')
      await this.#openSessions.use(record.id as SessionId, attachSession);
    const tail = await new Journal(runtime, id).readTail(TAIL_EVENTS);
    const journalEventId = tail.findLast((event) => isDurableEvent(event))?.id ?? null;
    const rewinds = record?.rewinds ?? 0;
    return new CursorCodec(id).encode({ rewinds, epoch: NO_EPOCH, sequence: 0, journalEventId });
  }
}

function attachSession(session: Session): Promise<void> {
  return session.attach();
}
