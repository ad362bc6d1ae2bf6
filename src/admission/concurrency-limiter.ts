import { GatewayError } from '../errors/gateway-error.ts';

/** A guess: when the next slot is released is unknown. */
const RETRY_AFTER_MS = 1_000;

export interface ConcurrencyLimiterOptions {
  /** Slots of each key; null for no limit. */
  readonly limit: number | null;
  /** Name in the error message: "Too many concurrent ...". */
  readonly resourceName: string;
}

/** A counting semaphore for each key that rejects instead of waiting. A key without a held slot takes no memory. */
export class ConcurrencyLimiter {
  readonly #options: ConcurrencyLimiterOptions;
  readonly #counts = new Map<string, number>();

  constructor(options: ConcurrencyLimiterOptions) {
    this.#options = options;
  }

  /**
   * @returns a function that releases the slot; further calls have no effect
   * @throws {GatewayError} RATE_LIMITED when all slots of the key are held
   */
  acquire(key: string): () => void {
    const { limit, resourceName } = this.#options;
    if (limit === null) return () => undefined;
    const held = this.#counts.get(key) ?? 0;
    if (held >= limit) {
      const message = `Too many concurrent ${resourceName} (limit: ${limit}).`;
      throw new GatewayError('RATE_LIMITED', message, { retryAfterMs: RETRY_AFTER_MS });
    }
    this.#counts.set(key, held + 1);
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      const left = (this.#counts.get(key) ?? 0) - 1;
      if (left > 0) this.#counts.set(key, left);
      else this.#counts.delete(key);
    };
  }
}
