import type { ChangesFeed } from './changes-feed.ts';

interface EvictionOptions<E extends object> {
  readonly feed: ChangesFeed<E>;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
  /** An open entry stays whatever the limits are (S24 in docs/streaming.md). */
  readonly isOpen: (entry: E) => boolean;
  readonly forget: (entry: E) => void;
}

/** Evicts more than needed, so that not every following entry evicts again. */
const EVICTION_TARGET_SHARE = 0.9;
/** Interval of the checks for old entries, as a share of the maximum age. */
const AGE_CHECK_INTERVAL_SHARE = 0.1;

/** Evicts the oldest entries of a log beyond its maximum size, and all beyond its maximum age. */
export class Eviction<E extends object> {
  readonly #options: EvictionOptions<E>;
  #nextAgeCheck = 0;

  constructor(options: EvictionOptions<E>) {
    this.#options = options;
  }

  /** @param bytes returns the present size of the log */
  evict(bytes: () => number): void {
    const { feed, maxBytes, maxAgeMs } = this.#options;
    const now = Date.now();
    if (now >= this.#nextAgeCheck) {
      this.#nextAgeCheck = now + maxAgeMs * AGE_CHECK_INTERVAL_SHARE;
      this.#forgetWhile(feed.listOlderThan(now - maxAgeMs), () => true);
    }
    if (bytes() <= maxBytes) return;
    this.#forgetWhile(feed.listEntries(), () => bytes() > maxBytes * EVICTION_TARGET_SHARE);
  }

  #forgetWhile(oldestFirst: Iterable<E>, isNeeded: () => boolean): void {
    const { isOpen, forget } = this.#options;
    for (const entry of [...oldestFirst]) {
      if (!isNeeded()) break;
      if (!isOpen(entry)) forget(entry);
    }
  }
}
