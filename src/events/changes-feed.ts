interface Slot<E> {
  readonly sequence: number;
  readonly changedAt: number;
  entry: E | undefined;
}

const MIN_HOLES = 64;

/**
 * Entries in the order of their last change. Readers hold a sequence number and pull what changed
 * after it, so memory grows neither with the number of readers nor with their slowness.
 */
export class ChangesFeed<E extends object> {
  #slots: Slot<E>[] = [];
  #slotByEntry = new Map<E, Slot<E>>();
  #sequence = 0;
  #floor = 0;
  #hasEnded = false;
  readonly #waitingReaders = new Set<() => void>();
  #isWaking = false;

  /** Sequence number of the newest change; 0 before the first. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Changes up to this one may have been forgotten. */
  get floor(): number {
    return this.#floor;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get size(): number {
    return this.#slotByEntry.size;
  }

  /** Adds the entry, or moves it behind all others. */
  touch(entry: E): void {
    const previous = this.#slotByEntry.get(entry);
    if (previous) previous.entry = undefined;
    const slot: Slot<E> = { sequence: ++this.#sequence, changedAt: Date.now(), entry };
    this.#slotByEntry.set(entry, slot);
    this.#slots.push(slot);
    this.#compactSlots();
    this.#wake();
  }

  /** The entry with the oldest change that is newer than `sequence`. */
  findNext(sequence: number): { sequence: number; entry: E } | undefined {
    for (let index = this.#findIndexAfter(sequence); index < this.#slots.length; index++) {
      const slot = this.#slots[index];
      if (slot?.entry) return { sequence: slot.sequence, entry: slot.entry };
    }
    return undefined;
  }

  /** All entries, oldest change first. */
  *listEntries(): Generator<E> {
    for (const slot of this.#slots) if (slot.entry) yield slot.entry;
  }

  /** Entries whose last change is older than this time, in ms since 1970; oldest change first. */
  *listOlderThan(time: number): Generator<E> {
    for (const { changedAt, entry } of this.#slots) {
      if (changedAt >= time) return;
      if (entry) yield entry;
    }
  }

  forget(entry: E): void {
    const slot = this.#slotByEntry.get(entry);
    if (!slot) return;
    slot.entry = undefined;
    this.#slotByEntry.delete(entry);
    this.#floor = Math.max(this.#floor, slot.sequence);
  }

  /** Wakes the readers without a change. */
  notifyReaders(): void {
    this.#sequence++;
    this.#wake();
  }

  /** No change follows; readers end once they have read what is there. */
  end(): void {
    this.#hasEnded = true;
    this.#wake();
  }

  /** Calls back once, after the next change or end. Returns a function that takes the call back. */
  subscribeOnce(callback: () => void): () => void {
    this.#waitingReaders.add(callback);
    return () => this.#waitingReaders.delete(callback);
  }

  get waitingReaderCount(): number {
    return this.#waitingReaders.size;
  }

  /** Once for all changes that are made together. */
  #wake(): void {
    if (this.#isWaking || this.#waitingReaders.size === 0) return;
    this.#isWaking = true;
    queueMicrotask(() => {
      this.#isWaking = false;
      const waiting = [...this.#waitingReaders];
      this.#waitingReaders.clear();
      for (const callback of waiting) callback();
    });
  }

  #findIndexAfter(sequence: number): number {
    let low = 0;
    let high = this.#slots.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#slots[middle]?.sequence ?? 0) <= sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** A growing text leaves a hole at each of its old places; together they stay below the number of entries. */
  #compactSlots(): void {
    const holes = this.#slots.length - this.#slotByEntry.size;
    if (holes > Math.max(MIN_HOLES, this.#slotByEntry.size)) {
      this.#slots = this.#slots.filter((slot) => slot.entry !== undefined);
    }
  }
}
