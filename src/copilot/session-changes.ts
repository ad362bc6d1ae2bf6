import type { SessionRecord } from '../directory/session-directory.ts';
import { ChangesFeed } from '../events/changes-feed.ts';
import { follow } from '../events/follow.ts';

export type SessionChangeKind = 'CREATED' | 'UPDATED' | 'DELETED';

export interface SessionChange {
  readonly kind: SessionChangeKind;
  readonly sessionId: string;
  readonly owner: string | null;
}

type Changed = Pick<SessionRecord, 'id' | 'owner'>;

const UPDATE_INTERVAL_MS = 1_000;
const REMEMBERED = 1_000;

/** The session list as it changes: at most one UPDATED a second for each session, the last one included. */
export class SessionChanges {
  readonly #feed = new ChangesFeed<SessionChange>();
  readonly #newest = new Map<string, SessionChange>();
  readonly #held = new Map<string, NodeJS.Timeout>();
  readonly #lastUpdate = new Map<string, number>();

  created({ id: sessionId, owner }: Changed): void {
    this.#lastUpdate.set(sessionId, Date.now());
    this.#emit({ kind: 'CREATED', sessionId, owner });
  }

  updated(changed: Changed): void {
    const sessionId = changed.id;
    if (this.#held.has(sessionId)) return;
    const wait = (this.#lastUpdate.get(sessionId) ?? 0) + UPDATE_INTERVAL_MS - Date.now();
    if (wait <= 0) {
      this.#update(changed);
      return;
    }
    const timer = setTimeout(() => {
      this.#held.delete(sessionId);
      this.#update(changed);
    }, wait).unref();
    this.#held.set(sessionId, timer);
  }

  deleted({ id: sessionId, owner }: Changed): void {
    clearTimeout(this.#held.get(sessionId));
    this.#held.delete(sessionId);
    this.#lastUpdate.delete(sessionId);
    this.#emit({ kind: 'DELETED', sessionId, owner });
  }

  /** Of the sessions of one owner. */
  follow(owner: string | null, signal: AbortSignal): AsyncIterableIterator<SessionChange> {
    let { sequence } = this.#feed;
    const read = (): SessionChange | undefined => {
      for (;;) {
        const next = this.#feed.after(sequence);
        sequence = next?.sequence ?? sequence;
        if (!next || next.entry.owner === owner) return next?.entry;
      }
    };
    return follow(this.#feed, read, { signal });
  }

  end(): void {
    for (const timer of this.#held.values()) clearTimeout(timer);
    this.#held.clear();
    this.#feed.end();
  }

  #update({ id: sessionId, owner }: Changed): void {
    this.#lastUpdate.set(sessionId, Date.now());
    this.#emit({ kind: 'UPDATED', sessionId, owner });
  }

  /** A reader that is behind gets the newest change of a session only; what it makes of CREATED and UPDATED is the same. */
  #emit(change: SessionChange): void {
    const previous = this.#newest.get(change.sessionId);
    if (previous) this.#feed.forget(previous);
    this.#newest.delete(change.sessionId);
    this.#newest.set(change.sessionId, change);
    this.#feed.touch(change);
    this.#forgetOldest();
  }

  #forgetOldest(): void {
    const [oldest] = this.#newest;
    if (this.#newest.size <= REMEMBERED || !oldest) return;
    this.#newest.delete(oldest[0]);
    this.#lastUpdate.delete(oldest[0]);
    this.#feed.forget(oldest[1]);
  }
}
