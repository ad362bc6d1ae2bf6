import type { SessionRecord } from '../directory/session-directory.ts';
import { ChangesFeed } from '../events/changes-feed.ts';
import { follow } from '../events/follow.ts';

export type SessionChangeKind = 'CREATED' | 'UPDATED' | 'DELETED';

export interface SessionChange {
  readonly kind: SessionChangeKind;
  readonly sessionId: string;
  readonly owner: string | null;
}

/** As the feed holds it. */
interface HeldChange extends SessionChange {
  /** Sequence number of its CREATED; 0: before what is remembered. */
  readonly createdAt: number;
}

type Changed = Pick<SessionRecord, 'id' | 'owner'>;

const UPDATE_INTERVAL_MS = 1_000;
const REMEMBERED = 1_000;

/** The session list as it changes: at most one UPDATED a second for each session, the last one included. */
export class SessionChanges {
  readonly #feed = new ChangesFeed<HeldChange>();
  readonly #newest = new Map<string, HeldChange>();
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
        const seen = sequence;
        const next = this.#feed.after(seen);
        if (!next) return undefined;
        sequence = next.sequence;
        if (next.entry.owner === owner) return asSeen(next.entry, seen);
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

  /** A reader that is behind gets the newest change of a session only. */
  #emit(change: SessionChange): void {
    const previous = this.#newest.get(change.sessionId);
    if (previous) this.#feed.forget(previous);
    this.#newest.delete(change.sessionId);
    const createdAt =
      change.kind === 'CREATED' ? this.#feed.sequence + 1 : (previous?.createdAt ?? 0);
    const held = { ...change, createdAt };
    this.#newest.set(change.sessionId, held);
    this.#feed.touch(held);
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

/** To a reader that was not told of it a session that was updated is new. */
function asSeen({ createdAt, ...change }: HeldChange, seen: number): SessionChange {
  return change.kind === 'UPDATED' && createdAt > seen ? { ...change, kind: 'CREATED' } : change;
}
