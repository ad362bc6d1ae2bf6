interface Mark {
  readonly sequence: number;
  readonly id: string;
}

/** Where the events of the runtime's journal lie in a log, oldest first. */
export class Marks {
  #marks: Mark[] = [];
  readonly #sequenceOf = new Map<string, number>();

  get newest(): string | null {
    return this.#marks.at(-1)?.id ?? null;
  }

  clear(): void {
    this.#marks = [];
    this.#sequenceOf.clear();
  }

  add(sequence: number, id: string): void {
    if (this.#sequenceOf.has(id)) return;
    this.#marks.push({ sequence, id });
    this.#sequenceOf.set(id, sequence);
  }

  remove(id: string): void {
    this.#marks = this.#marks.filter((mark) => mark.id !== id);
    this.#sequenceOf.delete(id);
  }

  sequenceOf(id: string): number | undefined {
    return this.#sequenceOf.get(id);
  }

  /** The newest mark up to this sequence number. */
  anchorAt(sequence: number): string | null {
    let low = 0;
    let high = this.#marks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#marks[middle]?.sequence ?? 0) <= sequence) low = middle + 1;
      else high = middle;
    }
    return this.#marks[low - 1]?.id ?? null;
  }

  /** What lies before is no longer in the log; the last mark up to there stays, for the positions that follow it. */
  forgetBefore(sequence: number): void {
    const last = this.#marks.findLastIndex((mark) => mark.sequence <= sequence);
    const gone = this.#marks.splice(0, Math.max(last, 0));
    for (const { id } of gone) this.#sequenceOf.delete(id);
  }
}
