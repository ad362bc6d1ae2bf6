const GENERATION_SIZE = 32_768;
/** More than the ephemeral events that a runtime holds and may push again. */
const COMPACTED_GENERATION_SIZE = 4_096;

/**
 * Remembers at least the last 32,768 ids, and at least 4,096 of those from before the last compaction
 * (S11 in docs/streaming.md). Two generations: the older one is dropped as a whole, which is cheaper than evicting ids.
 */
export class RecentIds {
  #young = new Set<string>();
  #old = new Set<string>();

  has(id: string): boolean {
    return this.#young.has(id) || this.#old.has(id);
  }

  /** Returns false when the id is remembered already. */
  add(id: string): boolean {
    if (this.has(id)) return false;
    this.#young.add(id);
    this.#rotateAt(GENERATION_SIZE);
    return true;
  }

  /** Frees memory when old ids are not expected any more. */
  compact(): void {
    this.#rotateAt(COMPACTED_GENERATION_SIZE);
  }

  #rotateAt(size: number): void {
    if (this.#young.size < size) return;
    this.#old = this.#young;
    this.#young = new Set();
  }
}
