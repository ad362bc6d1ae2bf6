const GENERATION = 32_768;

/** Remembers at least the last 32,768 ids, at most twice as many. */
export class RecentIds {
  #young = new Set<string>();
  #old = new Set<string>();

  has(id: string): boolean {
    return this.#young.has(id) || this.#old.has(id);
  }

  /** False when the id was added before. */
  add(id: string): boolean {
    if (this.has(id)) return false;
    this.#young.add(id);
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    return true;
  }
}
