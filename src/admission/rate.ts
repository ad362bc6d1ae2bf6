import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

import { Failure } from '../errors/gateway-error.ts';

export interface RateOptions {
  /** For each key, in each window; null: any number. */
  readonly limit: number | null;
  /** Length of a window. A key is forgotten at the end of its own. */
  readonly seconds: number;
  /** In the refusal. */
  readonly what: string;
}

/** How much of one kind each key may use in a time. */
export class Rate {
  readonly #options: RateOptions;
  readonly #limiter: RateLimiterMemory | undefined;

  constructor(options: RateOptions) {
    const { limit, seconds } = options;
    this.#options = options;
    if (limit !== null) this.#limiter = new RateLimiterMemory({ points: limit, duration: seconds });
  }

  /**
   * @returns what takes it back
   * @throws Failure RATE_LIMITED, and LIMIT_EXCEEDED for more than ever fits: then nothing is used up
   */
  async use(key: string, points = 1): Promise<() => Promise<void>> {
    const limiter = this.#limiter;
    if (!limiter) return () => Promise.resolve();
    const { what, limit } = this.#options;
    if (points > limiter.points)
      throw new Failure('LIMIT_EXCEEDED', `These are more than ${limit ?? ''} ${what}.`);
    const takeBack = async (): Promise<void> => {
      await limiter.reward(key, points);
    };
    try {
      await limiter.consume(key, points);
      return takeBack;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      await takeBack();
      throw new Failure('RATE_LIMITED', `There are too many ${what}: at most ${limit ?? ''}.`, {
        retryAfterMs: refusal.msBeforeNext,
      });
    }
  }
}
