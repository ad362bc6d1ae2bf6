import { Failure } from '../errors/gateway-error.ts';

/** Nobody knows when one becomes free. */
const RETRY_AFTER_MS = 1_000;

export interface SlotsOptions {
  /** For each key; null: any number. */
  readonly limit: number | null;
  /** In the refusal. */
  readonly what: string;
}

/** How much of one kind each key may have at once. A key that has none is not remembered. */
export class Slots {
  readonly #options: SlotsOptions;
  readonly #taken = new Map<string, number>();

  constructor(options: SlotsOptions) {
    this.#options = options;
  }

  /**
   * @returns what gives the slot back; more than once does no harm
   * @throws Failure RATE_LIMITED when all are taken
   */
  take(key: string): () => void {
    const { limit, what } = this.#options;
    if (limit === null) return () => undefined;
    const taken = this.#taken.get(key) ?? 0;
    if (taken >= limit) {
      throw new Failure('RATE_LIMITED', `There are too many ${what} at once: at most ${limit}.`, {
        retryAfterMs: RETRY_AFTER_MS,
      });
    }
    this.#taken.set(key, taken + 1);
    return this.#once(key);
  }

  #once(key: string): () => void {
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      const left = (this.#taken.get(key) ?? 0) - 1;
      if (left > 0) this.#taken.set(key, left);
      else this.#taken.delete(key);
    };
  }
}
