/** Counts the operations of one kind that are in flight, for each key. */
export class InFlight {
  readonly #counts = new Map<string, number>();

  /** Counts one more operation. Returns how many others of the key are in flight, and a function that ends this one. */
  track(key: string): { readonly others: number; readonly release: () => void } {
    const others = this.#counts.get(key) ?? 0;
    this.#counts.set(key, others + 1);
    return {
      others,
      release: () => {
        const left = (this.#counts.get(key) ?? 1) - 1;
        if (left > 0) this.#counts.set(key, left);
        else this.#counts.delete(key);
      },
    };
  }
}
