interface StallWatchOptions {
  readonly limitMs: number;
  /** Whether there is something that could stall. */
  readonly isWorking: () => boolean;
  readonly onStall: () => Promise<void>;
}

/** Notices work of which nothing was heard for a while; again each time it stays silent for as long. */
export class StallWatch {
  readonly #options: StallWatchOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: StallWatchOptions) {
    this.#options = options;
  }

  /** Something was heard. */
  touch(): void {
    const { isWorking, limitMs } = this.#options;
    if (!isWorking()) this.stop();
    // For each delta: a new timer each time would cost more than all else.
    else if (this.#timer) this.#timer.refresh();
    else this.#timer = setTimeout(this.#stalled, limitMs).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #stalled = (): void => {
    this.#timer = undefined;
    void this.#options.onStall().finally(() => {
      this.touch();
    });
  };
}
