import type { Logger } from 'pino';

import type { LoggerDestination } from './log-destination.ts';
import { describeSafely } from './safe-error.ts';

/** Above what an orderly end takes when all that is under way has to be cut. */
const CRASH_TIMEOUT_MS = 15_000;

interface ShutdownOptions {
  readonly logger: Logger;
  readonly destination: LoggerDestination;
}

/** Ends the process once, with the log written. */
export class Shutdown {
  readonly #options: ShutdownOptions;
  #close: () => Promise<void> = () => Promise.resolve();
  #isShuttingDown = false;
  #hasCrashed = false;

  constructor(options: ShutdownOptions) {
    this.#options = options;
  }

  /** Called before the process ends. */
  registerClose(close: () => Promise<void>): void {
    this.#close = close;
  }

  /** Exit code 0; 1 when it is asked for twice: then it must not take its time. */
  async handleSignal(signal: string): Promise<void> {
    if (this.#isShuttingDown) process.exit(1);
    this.#options.logger.info({ signal }, 'shutting down');
    await this.#shutDown();
  }

  /** Exit code 1. Of a fault one line is written, without its text; what fails while it ends is told as well. */
  async handleUncaughtException(fault: unknown): Promise<void> {
    const { logger } = this.#options;
    logger.fatal({ fault: describeSafely(fault) }, 'the gateway ends: nobody expected this');
    this.#hasCrashed = true;
    setTimeout(() => process.exit(1), CRASH_TIMEOUT_MS).unref();
    if (!this.#isShuttingDown) await this.#shutDown();
  }

  async #shutDown(): Promise<void> {
    this.#isShuttingDown = true;
    await this.#close().catch((error: unknown) => this.handleUncaughtException(error));
    await this.#options.destination.end();
    process.exit(this.#hasCrashed ? 1 : 0);
  }
}
