import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

import { GatewayError } from '../errors/gateway-error.ts';

export interface RateLimiterOptions {
  /** Points of each key per window; null for no limit. */
  readonly limit: number | null;
  /** Length of a window. A key is removed from memory at the end of its window. */
  readonly windowSeconds: number;
  /** Name in the error message, with the window: "operations per second". */
  readonly resourceName: string;
}

/** Limits the points that each key may consume per fixed window. */
export class RateLimiter {
  readonly #options: RateLimiterOptions;
  readonly #limiter: RateLimiterMemory | undefined;

  constructor(options: RateLimiterOptions) {
    const { limit, windowSeconds } = options;
    this.#options = options;
    if (limit !== null)
      this.#limiter = new RateLimiterMemory({ points: limit, duration: windowSeconds });
  }

  /**
   * @returns a function that refunds the points
   * @throws {GatewayError} RATE_LIMITED, or LIMIT_EXCEEDED when the points exceed the limit of a whole window; no points
   *   are consumed then
   */
  async consume(key: string, points = 1): Promise<() => Promise<void>> {
    const limiter = this.#limiter;
    if (!limiter) return () => Promise.resolve();
    const { resourceName } = this.#options;
    if (points > limiter.points) {
      const message = `The request exceeds the limit of ${limiter.points} ${resourceName}.`;
      throw new GatewayError('LIMIT_EXCEEDED', message);
    }
    const refund = async (): Promise<void> => {
      await limiter.reward(key, points);
    };
    try {
      await limiter.consume(key, points);
      return refund;
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      // The library counts rejected points as well, which would lock out a client that retries.
      await refund();
      const message = `Too many ${resourceName} (limit: ${limiter.points}).`;
      throw new GatewayError('RATE_LIMITED', message, { retryAfterMs: rejection.msBeforeNext });
    }
  }
}
