interface WatchdogOptions {
  readonly timeoutMs: number;
  /** Whether there is something that could stall. */
  readonly isWorking: () => boolean;
  readonly onStall: () => Promise<void>;
}

/** Notices work of which nothing was heard for a while; again each time it stays silent for as long. */
export class Watchdog {
  readonly #options: WatchdogOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: WatchdogOptions) {
    this.#options = options;
  }

  /** Something was heard. */
  touch(): void {
    const { isWorking, timeoutMs } = this.#options;
    if (!isWorking()) this.stop();
    // For each delta: a new timer each time would cost more than all else.
    else if (this.#timer) this.#timer.refresh();
    else this.#timer = setTimeout(this.#handleStall, timeoutMs).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #handleStall = (): void => {
    this.#timer = undefined;
    void this.#options.onStall().finally(() => {
      this.touch();
    });
  };
}
