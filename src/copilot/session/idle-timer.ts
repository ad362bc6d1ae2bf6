import type { Logger } from 'pino';

interface IdleTimerOptions {
  /** Null: never. */
  readonly timeoutMs: number | null;
  readonly isNeeded: () => boolean;
  readonly onIdle: () => Promise<void>;
  readonly logger: Logger;
}

/** Notices that nothing has happened for a while, and nobody waits for anything. */
export class IdleTimer {
  readonly #options: IdleTimerOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: IdleTimerOptions) {
    this.#options = options;
  }

  /** Something happened. */
  touch(): void {
    const { timeoutMs } = this.#options;
    clearTimeout(this.#timer);
    if (timeoutMs === null) return;
    this.#timer = setTimeout(() => {
      this.#check();
    }, timeoutMs).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #check(): void {
    const { isNeeded, onIdle, logger } = this.#options;
    if (isNeeded()) {
      this.touch();
      return;
    }
    onIdle().catch((error: unknown) => {
      logger.warn({ err: error }, 'idle session not disconnected');
      this.touch();
    });
  }
}
