const GENERATION_SIZE = 32_768;
/** More than a runtime keeps of what is not persisted, and may tell again. */
const COMPACTED_GENERATION_SIZE = 4_096;

/** Remembers at least the last 32,768 ids; 4,096 of those from before it was settled. */
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
    this.#rotateAt(GENERATION_SIZE);
    return true;
  }

  /** Ids from long ago are not expected any more. */
  compact(): void {
    this.#rotateAt(COMPACTED_GENERATION_SIZE);
  }

  #rotateAt(size: number): void {
    if (this.#young.size < size) return;
    this.#old = this.#young;
    this.#young = new Set();
  }
}
