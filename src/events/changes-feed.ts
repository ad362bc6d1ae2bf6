import { findIndexAfter } from './binary-search.ts';

/** The place of an entry in the order of changes; a later change of the entry leaves a hole. */
interface Slot<E> {
  readonly sequence: number;
  readonly changedAt: number;
  entry: E | undefined;
}

const MIN_HOLES = 64;

/**
 * Entries in the order of their last change. A change moves the entry to the end and gives it the next
 * sequence number. Readers hold a sequence number and pull what changed after it, so memory grows neither
 * with the number of readers nor with their slowness.
 *
 *     touch(a)  touch(b)  touch(a)            findNext(0) = 2 b
 *     1 a       2 b       3 a                 findNext(2) = 3 a
 *     (hole)                                  a reader at 3 waits
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

  /** The highest sequence number of a forgotten entry: a reader below it may miss changes. */
  get floor(): number {
    return this.#floor;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get waitingReaderCount(): number {
    return this.#waitingReaders.size;
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

  /** Returns the entry with the oldest change above `sequence` (S8 in docs/streaming.md). */
  findNext(sequence: number): { sequence: number; entry: E } | undefined {
    for (let index = findIndexAfter(this.#slots, sequence); index < this.#slots.length; index++) {
      const slot = this.#slots[index];
      if (slot?.entry) return { sequence: slot.sequence, entry: slot.entry };
    }
    return undefined;
  }

  /** All entries, oldest change first. */
  *listEntries(): Generator<E> {
    for (const slot of this.#slots) if (slot.entry) yield slot.entry;
  }

  /** Entries whose last change is older than `time` in Unix milliseconds; oldest change first. */
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

  /** Wakes the readers although no entry has changed. */
  notifyReaders(): void {
    this.#sequence++;
    this.#wake();
  }

  /** Declares that no change follows; readers end once they have read all entries. */
  end(): void {
    this.#hasEnded = true;
    this.#wake();
  }

  /** Calls back once, after the next change or the end. Returns a function that cancels the call. */
  subscribeOnce(callback: () => void): () => void {
    this.#waitingReaders.add(callback);
    return () => this.#waitingReaders.delete(callback);
  }

  /** Wakes all waiting readers once for all changes of one microtask. */
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

  /** Keeps the number of holes, which growing texts leave behind, below the number of entries. */
  #compactSlots(): void {
    const holes = this.#slots.length - this.#slotByEntry.size;
    if (holes > Math.max(MIN_HOLES, this.#slotByEntry.size)) {
      this.#slots = this.#slots.filter((slot) => slot.entry !== undefined);
    }
  }
}
