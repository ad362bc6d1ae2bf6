import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

import { GatewayError } from '../errors/gateway-error.ts';

export interface RateLimiterOptions {
  /** For each key, in each window; null: any number. */
  readonly limit: number | null;
  /** Length of a window. A key is forgotten at the end of its own. */
  readonly windowSeconds: number;
  /** In the refusal. */
  readonly resourceName: string;
}

/** How much of one kind each key may use in a time. */
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
   * @returns what takes it back
   * @throws Failure RATE_LIMITED, and LIMIT_EXCEEDED for more than ever fits: then nothing is used up
   */
  async consume(key: string, points = 1): Promise<() => Promise<void>> {
    const limiter = this.#limiter;
    if (!limiter) return () => Promise.resolve();
    const { resourceName, limit } = this.#options;
    if (points > limiter.points)
      throw new GatewayError(
        'LIMIT_EXCEEDED',
        `These are more than ${limit ?? ''} ${resourceName}.`,
      );
    const takeBack = async (): Promise<void> => {
      await limiter.reward(key, points);
    };
    try {
      await limiter.consume(key, points);
      return takeBack;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      await takeBack();
      throw new GatewayError(
        'RATE_LIMITED',
        `There are too many ${resourceName}: at most ${limit ?? ''}.`,
        {
          retryAfterMs: refusal.msBeforeNext,
        },
      );
    }
  }
}
