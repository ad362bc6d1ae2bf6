import { ChangesFeed } from '../../events/changes-feed.ts';
import { follow } from '../../events/follow.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import type { SessionServices } from '../services.ts';

export type SessionChangeKind = 'CREATED' | 'UPDATED' | 'DELETED';

export interface SessionChange {
  readonly kind: SessionChangeKind;
  readonly sessionId: string;
  readonly owner: string | null;
}

type ChangedSession = Pick<SessionRecord, 'id' | 'owner'>;

const UPDATE_INTERVAL_MS = 1_000;
const MAX_SESSIONS = 1_000;

/** The session list as it changes: at most one UPDATED a second for each session, the last one included. */
export class SessionChanges {
  readonly #feed = new ChangesFeed<SessionChange>();
  /** What the feed has of each session. */
  readonly #recentChanges = new Map<string, readonly SessionChange[]>();
  readonly #delayedUpdates = new Map<string, NodeJS.Timeout>();
  readonly #lastUpdate = new Map<string, number>();

  emitCreated({ id: sessionId, owner }: ChangedSession): void {
    this.#lastUpdate.set(sessionId, Date.now());
    this.#emit({ kind: 'CREATED', sessionId, owner });
  }

  emitUpdated(changed: ChangedSession): void {
    const sessionId = changed.id;
    if (this.#delayedUpdates.has(sessionId)) return;
    const wait = (this.#lastUpdate.get(sessionId) ?? 0) + UPDATE_INTERVAL_MS - Date.now();
    if (wait <= 0) {
      this.#emitUpdateNow(changed);
      return;
    }
    const timer = setTimeout(() => {
      this.#delayedUpdates.delete(sessionId);
      this.#emitUpdateNow(changed);
    }, wait).unref();
    this.#delayedUpdates.set(sessionId, timer);
  }

  emitDeleted({ id: sessionId, owner }: ChangedSession): void {
    clearTimeout(this.#delayedUpdates.get(sessionId));
    this.#delayedUpdates.delete(sessionId);
    this.#lastUpdate.delete(sessionId);
    this.#emit({ kind: 'DELETED', sessionId, owner });
  }

  /** Of the sessions of one owner. */
  follow(owner: string | null, signal: AbortSignal): AsyncIterableIterator<SessionChange> {
    let { sequence } = this.#feed;
    const read = (): SessionChange | undefined => {
      for (;;) {
        const next = this.#feed.findNext(sequence);
        sequence = next?.sequence ?? sequence;
        if (!next || next.entry.owner === owner) return next?.entry;
      }
    };
    return follow(this.#feed, read, { signal });
  }

  end(): void {
    for (const timer of this.#delayedUpdates.values()) clearTimeout(timer);
    this.#delayedUpdates.clear();
    this.#feed.end();
  }

  #emitUpdateNow({ id: sessionId, owner }: ChangedSession): void {
    this.#lastUpdate.set(sessionId, Date.now());
    this.#emit({ kind: 'UPDATED', sessionId, owner });
  }

  /** A reader that is behind gets the newest change of a session only, after the one that made it. */
  #emit(change: SessionChange): void {
    const { kind, sessionId } = change;
    const previous = this.#recentChanges.get(sessionId) ?? [];
    const kept = kind === 'UPDATED' ? previous.filter((earlier) => earlier.kind === 'CREATED') : [];
    for (const earlier of previous) if (!kept.includes(earlier)) this.#feed.forget(earlier);
    this.#recentChanges.delete(sessionId);
    this.#recentChanges.set(sessionId, [...kept, change]);
    this.#feed.touch(change);
    this.#forgetOldest();
  }

  #forgetOldest(): void {
    const [oldest] = this.#recentChanges;
    if (this.#recentChanges.size <= MAX_SESSIONS || !oldest) return;
    this.#recentChanges.delete(oldest[0]);
    this.#lastUpdate.delete(oldest[0]);
    for (const change of oldest[1]) this.#feed.forget(change);
  }
}

interface AnnounceOptions extends Pick<SessionServices, 'store' | 'logger'> {
  readonly changes: SessionChanges;
}

/** To the session's owner, whom its id does not always tell. */
export function announceUpdate(id: string, { store, logger, changes }: AnnounceOptions): void {
  store
    .find(id)
    .then((record) => {
      if (record) changes.emitUpdated(record);
    })
    .catch((error: unknown) => {
      logger.debug({ err: error, sessionId: id }, 'update not announced');
    });
}
