import type { Logger } from 'pino';

interface RestWatchOptions {
  /** Null: never. */
  readonly limitMs: number | null;
  readonly isNeeded: () => boolean;
  readonly onRest: () => Promise<void>;
  readonly logger: Logger;
}

/** Notices that nothing has happened for a while, and nobody waits for anything. */
export class RestWatch {
  readonly #options: RestWatchOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RestWatchOptions) {
    this.#options = options;
  }

  /** Something happened. */
  touch(): void {
    const { limitMs } = this.#options;
    clearTimeout(this.#timer);
    if (limitMs === null) return;
    this.#timer = setTimeout(() => {
      this.#check();
    }, limitMs).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #check(): void {
    const { isNeeded, onRest, logger } = this.#options;
    if (isNeeded()) {
      this.touch();
      return;
    }
    onRest().catch((error: unknown) => {
      logger.warn({ err: error }, 'idle session not disconnected');
      this.touch();
    });
  }
}
