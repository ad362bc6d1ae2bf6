/** Announces once that the gateway is about to end. */
export class Drain {
  readonly #listeners = new Set<() => void>();
  #isDraining = false;

  get isDraining(): boolean {
    return this.#isDraining;
  }

  start(): void {
    this.#isDraining = true;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }

  /** @returns a function that takes the listener back */
  addListener(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
