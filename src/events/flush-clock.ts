/** Wakes readers of the same latency together, so that they get the same patches (S10 in docs/streaming.md). */
export class FlushClock {
  readonly #ticks = new Map<number, Promise<void>>();

  /** Resolves at the next multiple of the interval. */
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
