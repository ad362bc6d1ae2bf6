interface JournalIndexEntry {
  readonly sequence: number;
  readonly eventId: string;
}

/** Where the events of the runtime's journal lie in a log, oldest first. */
export class JournalIndex {
  #entries: JournalIndexEntry[] = [];
  readonly #sequences = new Map<string, number>();

  get lastEventId(): string | null {
    return this.#entries.at(-1)?.eventId ?? null;
  }

  clear(): void {
    this.#entries = [];
    this.#sequences.clear();
  }

  add(sequence: number, eventId: string): void {
    if (this.#sequences.has(eventId)) return;
    this.#entries.push({ sequence, eventId });
    this.#sequences.set(eventId, sequence);
  }

  remove(id: string): void {
    this.#entries = this.#entries.filter((mark) => mark.eventId !== id);
    this.#sequences.delete(id);
  }

  findSequence(id: string): number | undefined {
    return this.#sequences.get(id);
  }

  /** The newest mark up to this sequence number. */
  findEventId(sequence: number): string | null {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle]?.sequence ?? 0) <= sequence) low = middle + 1;
      else high = middle;
    }
    return this.#entries[low - 1]?.eventId ?? null;
  }

  /** What lies before is no longer in the log; the last mark up to there stays, for the positions that follow it. */
  forgetBefore(sequence: number): void {
    const last = this.#entries.findLastIndex((mark) => mark.sequence <= sequence);
    const gone = this.#entries.splice(0, Math.max(last, 0));
    for (const { eventId } of gone) this.#sequences.delete(eventId);
  }
}
