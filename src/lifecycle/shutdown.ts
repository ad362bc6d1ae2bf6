import type { Logger } from 'pino';

import type { LoggerDestination } from './log-destination.ts';
import { describeSafely } from './safe-error.ts';

/** Longer than an orderly shutdown takes when everything in flight has to be cut. */
const CRASH_TIMEOUT_MS = 15_000;

interface ShutdownOptions {
  readonly logger: Logger;
  readonly destination: LoggerDestination;
}

/**
 * Ends the process: closes the gateway, flushes the log and exits.
 *
 *     running ── signal ──► closing ── closed ──► exit 0
 *        │                    │ second signal ──► exit 1, immediately
 *        └── unexpected ──────┴──► crashed ── closed, or 15 s ──► exit 1
 *              error
 *
 * `close` runs at most once: an error during the shutdown changes the exit code only.
 */
export class Shutdown {
  readonly #options: ShutdownOptions;
  #close: () => Promise<void> = () => Promise.resolve();
  #state: 'running' | 'closing' | 'crashed' = 'running';

  constructor(options: ShutdownOptions) {
    this.#options = options;
  }

  /** Registers what has to be closed before the process exits. */
  registerClose(close: () => Promise<void>): void {
    this.#close = close;
  }

  async handleSignal(signal: string): Promise<void> {
    if (this.#state !== 'running') process.exit(1);
    this.#options.logger.info({ signal }, 'shutting down');
    this.#state = 'closing';
    await this.#closeAndExit();
  }

  /** Logs the place of the error and not its message, which may contain anything that the code was working on. */
  async handleUncaughtException(error: unknown): Promise<void> {
    const { logger } = this.#options;
    logger.fatal({ fault: describeSafely(error) }, 'shutting down after an unexpected error');
    const wasRunning = this.#state === 'running';
    this.#state = 'crashed';
    setTimeout(() => process.exit(1), CRASH_TIMEOUT_MS).unref();
    if (wasRunning) await this.#closeAndExit();
  }

  async #closeAndExit(): Promise<void> {
    await this.#close().catch((error: unknown) => this.handleUncaughtException(error));
    await this.#options.destination.end();
    process.exit(this.#state === 'crashed' ? 1 : 0);
  }
}
