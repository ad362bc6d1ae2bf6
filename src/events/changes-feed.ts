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
  #slotOf = new Map<E, Slot<E>>();
  #sequence = 0;
  #floor = 0;
  #ended = false;
  readonly #waiting = new Set<() => void>();
  #isWaking = false;

  /** Sequence number of the newest change; 0 before the first. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Changes up to this one may have been forgotten. */
  get floor(): number {
    return this.#floor;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get size(): number {
    return this.#slotOf.size;
  }

  /** Adds the entry, or moves it behind all others. */
  touch(entry: E): void {
    const previous = this.#slotOf.get(entry);
    if (previous) previous.entry = undefined;
    const slot: Slot<E> = { sequence: ++this.#sequence, changedAt: Date.now(), entry };
    this.#slotOf.set(entry, slot);
    this.#slots.push(slot);
    this.#closeHoles();
    this.#wake();
  }

  /** The entry with the oldest change that is newer than `sequence`. */
  after(sequence: number): { sequence: number; entry: E } | undefined {
    for (let index = this.#firstAfter(sequence); index < this.#slots.length; index++) {
      const slot = this.#slots[index];
      if (slot?.entry) return { sequence: slot.sequence, entry: slot.entry };
    }
    return undefined;
  }

  /** All entries, oldest change first. */
  *entries(): Generator<E> {
    for (const slot of this.#slots) if (slot.entry) yield slot.entry;
  }

  /** Entries whose last change is older than this time, in ms since 1970; oldest change first. */
  *before(time: number): Generator<E> {
    for (const { changedAt, entry } of this.#slots) {
      if (changedAt >= time) return;
      if (entry) yield entry;
    }
  }

  forget(entry: E): void {
    const slot = this.#slotOf.get(entry);
    if (!slot) return;
    slot.entry = undefined;
    this.#slotOf.delete(entry);
    this.#floor = Math.max(this.#floor, slot.sequence);
  }

  /** Wakes the readers without a change. */
  announce(): void {
    this.#sequence++;
    this.#wake();
  }

  /** No change follows; readers end once they have read what is there. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Calls back once, after the next change or end. Returns a function that takes the call back. */
  onNextChange(callback: () => void): () => void {
    this.#waiting.add(callback);
    return () => this.#waiting.delete(callback);
  }

  get readersWaiting(): number {
    return this.#waiting.size;
  }

  /** Once for all changes that are made together. */
  #wake(): void {
    if (this.#isWaking || this.#waiting.size === 0) return;
    this.#isWaking = true;
    queueMicrotask(() => {
      this.#isWaking = false;
      const waiting = [...this.#waiting];
      this.#waiting.clear();
      for (const callback of waiting) callback();
    });
  }

  #firstAfter(sequence: number): number {
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
  #closeHoles(): void {
    const holes = this.#slots.length - this.#slotOf.size;
    if (holes > Math.max(MIN_HOLES, this.#slotOf.size)) {
      this.#slots = this.#slots.filter((slot) => slot.entry !== undefined);
    }
  }
}
