export interface BackoffOptions {
  /** Delays before successive attempts, in milliseconds. The last one repeats. */
  readonly delaysMs: readonly number[];
  /** Shortens each delay by a random part of up to one half, so that gateways do not retry in step. */
  readonly jitter?: boolean;
}

/**
 * Counts the attempts of a retried operation and says how long to wait before the next one.
 *
 *     const backoff = new Backoff({ delaysMs: doubleDelays(100, 5_000) });
 *     backoff.next(); // 100, then 200, 400, ..., 5000, 5000
 *     backoff.reset(); // after a success: 100 again
 */
export class Backoff {
  readonly #options: BackoffOptions;
  #attempts = 0;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** How many delays were taken since the start or the last reset. */
  get attempts(): number {
    return this.#attempts;
  }

  /** True when each of the listed delays was taken once; for callers that give up instead of repeating the last one. */
  get isExhausted(): boolean {
    return this.#attempts >= this.#options.delaysMs.length;
  }

  next(): number {
    const { delaysMs, jitter = false } = this.#options;
    const delayMs = delaysMs[Math.min(this.#attempts++, delaysMs.length - 1)] ?? 0;
    return jitter ? delayMs * (0.5 + Math.random() / 2) : delayMs;
  }

  /** Leaves the last delay only, or none when it was taken already. */
  skipToLast(): void {
    this.#attempts = Math.max(this.#attempts, this.#options.delaysMs.length - 1);
  }

  reset(): void {
    this.#attempts = 0;
  }
}

/** Returns `firstMs` and its doubles as far as they stay below `maxMs`, then `maxMs`. */
export function doubleDelays(firstMs: number, maxMs: number): readonly number[] {
  const delaysMs: number[] = [];
  for (let delayMs = firstMs; delayMs < maxMs; delayMs *= 2) delaysMs.push(delayMs);
  return [...delaysMs, maxMs];
}
