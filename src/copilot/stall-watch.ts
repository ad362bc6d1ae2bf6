interface StallWatchOptions {
  readonly limitMs: number;
  /** Whether there is something that could stall. */
  readonly isWorking: () => boolean;
  readonly onStall: () => Promise<void>;
}

/** Notices work of which nothing was heard for a while. */
export class StallWatch {
  readonly #options: StallWatchOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: StallWatchOptions) {
    this.#options = options;
  }

  /** Something was heard. */
  touch(): void {
    clearTimeout(this.#timer);
    if (!this.#options.isWorking()) return;
    this.#timer = setTimeout(() => {
      void this.#options.onStall().finally(() => {
        this.touch();
      });
    }, this.#options.limitMs).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
