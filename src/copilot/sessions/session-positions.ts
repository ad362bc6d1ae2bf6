import { Cursors, NO_EPOCH } from '../../events/cursor.ts';
import type { SessionId } from '../../events/ids.ts';
import type { SessionDirectory, SessionSlice } from '../../store/session-directory.ts';
import { Journal } from '../runtime/journal.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Session } from '../session/session.ts';
import { isPersisted } from '../translate/event-types.ts';
import type { OpenSessions } from './open-sessions.ts';
import type { OwnersQuery, SnapshotPage } from './session-snapshot.ts';

const TAIL = 20;

/** Where the events of sessions stand. */
export class SessionPositions {
  readonly #options: { readonly runtime: Runtime; readonly directory: SessionDirectory };
  readonly #open: OpenSessions;

  constructor(
    options: { readonly runtime: Runtime; readonly directory: SessionDirectory },
    open: OpenSessions,
  ) {
    this.#options = options;
    this.#open = open;
  }

  /** The position at the time of this call; the same each time, once it was asked for. */
  now(id: string): () => Promise<string> {
    const session = this.#open.get(id);
    if (!session?.isAttached) return this.inJournal(id);
    const { laterCursor } = session.log;
    return () => Promise.resolve(laterCursor());
  }

  /** Of a session that others may use meanwhile: the end of what the runtime has recorded. Read when asked for. */
  inJournal(id: string): () => Promise<string> {
    let cursor: Promise<string> | undefined;
    return () => (cursor ??= this.#read(id));
  }

  /** With positions from before the records were read. */
  async page(query: OwnersQuery, slice: SessionSlice): Promise<SnapshotPage> {
    const before = new Map(this.#open.all().map(({ id }) => [id, this.now(id)]));
    const page = await this.#options.directory.page(query, slice);
    const records = page.records.map((record) => ({
      ...record,
      cursor: before.get(record.id as SessionId) ?? this.inJournal(record.id),
    }));
    return { ...page, records };
  }

  async #read(id: string): Promise<string> {
    const { runtime, directory } = this.#options;
    const record = await directory.find(id);
    // Of a cloud session the runtime has a history only while it is attached.
    if (record?.location === 'cloud') await this.#open.use(record.id as SessionId, attached);
    const tail = await new Journal(runtime, id).tail(TAIL);
    const anchor = tail.findLast((event) => isPersisted(event))?.id ?? null;
    const rewinds = record?.rewinds ?? 0;
    return new Cursors(id).encode({ rewinds, epoch: NO_EPOCH, sequence: 0, anchor });
  }
}

function attached(session: Session): Promise<void> {
  return session.attach();
}
