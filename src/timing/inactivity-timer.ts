/**
 * Calls a handler when `touch` has not been called for a while.
 *
 * `touch` is called for every delta of a stream. It therefore reuses one Node timer: a new timer for each delta
 * would cost more than everything else that happens with the delta.
 */
export class InactivityTimer {
  readonly #timeoutMs: number | null;
  readonly #onInactive: () => void;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param timeoutMs null: the handler is never called
   * @param onInactive called once; the next `touch` starts the timer again
   */
  constructor(timeoutMs: number | null, onInactive: () => void) {
    this.#timeoutMs = timeoutMs;
    this.#onInactive = onInactive;
  }

  /** Starts the timer, or starts it again from zero. */
  touch(): void {
    if (this.#timer) this.#timer.refresh();
    else if (this.#timeoutMs !== null) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#onInactive();
      }, this.#timeoutMs).unref();
    }
  }

  /** The handler is not called until the next `touch`. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
