import type { ChangesFeed } from './changes-feed.ts';

interface EvictionOptions<E extends object> {
  readonly feed: ChangesFeed<E>;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
  /** It is still written: it stays whatever the limits are. */
  readonly isOpen: (entry: E) => boolean;
  readonly forget: (entry: E) => void;
}

/** Some more goes than needed, so that not every event that follows looks for its own place. */
const EVICTION_TARGET_SHARE = 0.9;
/** How often, of the greatest age, it is looked for what is older. */
const AGE_CHECK_INTERVAL_SHARE = 0.1;

/** What a log holds no longer: the oldest entries beyond its bytes, and those beyond its age. */
export class Eviction<E extends object> {
  readonly #options: EvictionOptions<E>;
  #nextAgeCheck = 0;

  constructor(options: EvictionOptions<E>) {
    this.#options = options;
  }

  /** @param bytes how many the log holds by now */
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
