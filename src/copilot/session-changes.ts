import { ChangesFeed } from '../events/changes-feed.ts';
import { follow } from '../events/follow.ts';

export type SessionChangeKind = 'CREATED' | 'UPDATED' | 'DELETED';

export interface SessionChange {
  readonly kind: SessionChangeKind;
  readonly sessionId: string;
}

const UPDATE_INTERVAL_MS = 1_000;
const REMEMBERED = 1_000;

/** The session list as it changes: at most one UPDATED a second for each session, the last one included. */
export class SessionChanges {
  readonly #feed = new ChangesFeed<SessionChange>();
  readonly #newest = new Map<string, SessionChange>();
  readonly #held = new Map<string, NodeJS.Timeout>();
  readonly #lastUpdate = new Map<string, number>();

  created(sessionId: string): void {
    this.#lastUpdate.set(sessionId, Date.now());
    this.#emit({ kind: 'CREATED', sessionId });
  }

  updated(sessionId: string): void {
    if (this.#held.has(sessionId)) return;
    const wait = (this.#lastUpdate.get(sessionId) ?? 0) + UPDATE_INTERVAL_MS - Date.now();
    if (wait <= 0) {
      this.#update(sessionId);
      return;
    }
    const timer = setTimeout(() => {
      this.#held.delete(sessionId);
      this.#update(sessionId);
    }, wait).unref();
    this.#held.set(sessionId, timer);
  }

  deleted(sessionId: string): void {
    clearTimeout(this.#held.get(sessionId));
    this.#held.delete(sessionId);
    this.#lastUpdate.delete(sessionId);
    this.#emit({ kind: 'DELETED', sessionId });
  }

  /** @param isSeen whether the reader may know of this session */
  follow(
    isSeen: (sessionId: string) => boolean,
    signal: AbortSignal,
  ): AsyncIterableIterator<SessionChange> {
    let { sequence } = this.#feed;
    const read = (): SessionChange | undefined => {
      for (;;) {
        const next = this.#feed.after(sequence);
        sequence = next?.sequence ?? sequence;
        if (!next || isSeen(next.entry.sessionId)) return next?.entry;
      }
    };
    return follow(this.#feed, read, { signal });
  }

  end(): void {
    for (const timer of this.#held.values()) clearTimeout(timer);
    this.#held.clear();
    this.#feed.end();
  }

  #update(sessionId: string): void {
    this.#lastUpdate.set(sessionId, Date.now());
    this.#emit({ kind: 'UPDATED', sessionId });
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
