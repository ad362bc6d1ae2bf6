/** How many things of one kind each key has under way. */
export class InFlight {
  readonly #counts = new Map<string, number>();

  /** @returns how many others there are, and what ends it */
  track(key: string): { readonly others: number; readonly leave: () => void } {
    const others = this.#counts.get(key) ?? 0;
    this.#counts.set(key, others + 1);
    return {
      others,
      leave: () => {
        const left = (this.#counts.get(key) ?? 1) - 1;
        if (left > 0) this.#counts.set(key, left);
        else this.#counts.delete(key);
      },
    };
  }
}
