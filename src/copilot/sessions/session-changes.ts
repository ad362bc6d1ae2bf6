import { LRUCache } from 'lru-cache';

import { ChangesFeed } from '../../events/changes-feed.ts';
import { follow } from '../../events/follow.ts';
import type { SessionRecord } from '../../store/session-store.ts';

export type SessionChangeKind = 'CREATED' | 'UPDATED' | 'DELETED';

export interface SessionChange {
  readonly kind: SessionChangeKind;
  readonly sessionId: string;
  readonly owner: string | null;
}

type ChangedSession = Pick<SessionRecord, 'id' | 'owner'>;

const UPDATE_INTERVAL_MS = 1_000;
const MAX_SESSIONS = 1_000;

/** The feed of changes of the session list. Emits at most one UPDATED per session and second, and always the last one. */
export class SessionChanges {
  readonly #feed = new ChangesFeed<SessionChange>();
  /** The changes of each session that the feed holds; the feed forgets those of the session that changed longest ago. */
  readonly #recentChanges = new LRUCache<string, readonly SessionChange[]>({
    max: MAX_SESSIONS,
    noDisposeOnSet: true,
    dispose: (changes, sessionId) => {
      this.#lastUpdate.delete(sessionId);
      for (const change of changes) this.#feed.forget(change);
    },
  });
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

  /** Follows the sessions of one owner. */
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

  /** A reader that is behind gets CREATED, if it has not seen it, and the newest change of each session. */
  #emit(change: SessionChange): void {
    const { kind, sessionId } = change;
    const previous = this.#recentChanges.get(sessionId) ?? [];
    const kept = kind === 'UPDATED' ? previous.filter((earlier) => earlier.kind === 'CREATED') : [];
    for (const earlier of previous) if (!kept.includes(earlier)) this.#feed.forget(earlier);
    this.#recentChanges.set(sessionId, [...kept, change]);
    this.#feed.touch(change);
  }
}
