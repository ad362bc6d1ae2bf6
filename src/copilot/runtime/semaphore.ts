/** Lets a limited number through at a time, the others in their order. */
export class Semaphore {
  readonly #waiters: (() => void)[] = [];
  #availablePermits: number;

  constructor(limit: number) {
    this.#availablePermits = limit;
  }

  /** Resolves inside. @returns what leaves; call it once */
  async acquire(): Promise<() => void> {
    if (this.#availablePermits > 0) this.#availablePermits--;
    else await new Promise<void>((resolve) => this.#waiters.push(resolve));
    return () => {
      const next = this.#waiters.shift();
      if (next) next();
      else this.#availablePermits++;
    };
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const leave = await this.acquire();
    try {
      return await work();
    } finally {
      leave();
    }
  }
}
