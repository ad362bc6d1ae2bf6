/** Readers that may wait as long as each other are woken together, so that they cut texts at the same places. */
export class FlushClock {
  readonly #ticks = new Map<number, Promise<void>>();

  /** The next end of an interval of this length. */
  waitForTick(intervalMs: number): Promise<void> {
    const known = this.#ticks.get(intervalMs);
    if (known) return known;
    const wait = intervalMs - (Date.now() % intervalMs);
    const tick = new Promise<void>((resolve) => {
      setTimeout(() => {
        this.#ticks.delete(intervalMs);
        resolve();
      }, wait).unref();
    });
    this.#ticks.set(intervalMs, tick);
    return tick;
  }
}
