import { GatewayError } from '../errors/gateway-error.ts';

/** Nobody knows when one becomes free. */
const RETRY_AFTER_MS = 1_000;

export interface ConcurrencyLimiterOptions {
  /** For each key; null: any number. */
  readonly limit: number | null;
  /** In the refusal. */
  readonly resourceName: string;
}

/** How much of one kind each key may have at once. A key that has none is not remembered. */
export class ConcurrencyLimiter {
  readonly #options: ConcurrencyLimiterOptions;
  readonly #counts = new Map<string, number>();

  constructor(options: ConcurrencyLimiterOptions) {
    this.#options = options;
  }

  /**
   * @returns what gives the slot back; more than once does no harm
   * @throws Failure RATE_LIMITED when all are taken
   */
  acquire(key: string): () => void {
    const { limit, resourceName } = this.#options;
    if (limit === null) return () => undefined;
    const taken = this.#counts.get(key) ?? 0;
    if (taken >= limit) {
      throw new GatewayError(
        'RATE_LIMITED',
        `There are too many ${resourceName} at once: at most ${limit}.`,
        {
          retryAfterMs: RETRY_AFTER_MS,
        },
      );
    }
    this.#counts.set(key, taken + 1);
    return this.#createRelease(key);
  }

  #createRelease(key: string): () => void {
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      const left = (this.#counts.get(key) ?? 0) - 1;
      if (left > 0) this.#counts.set(key, left);
      else this.#counts.delete(key);
    };
  }
}
