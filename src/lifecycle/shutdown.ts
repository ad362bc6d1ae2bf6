import type { Logger } from 'pino';

import type { LogOutput } from './log-output.ts';
import { faultOf } from './safe-error.ts';

/** Above what an orderly end takes when all that is under way has to be cut. */
const CRASH_MS = 15_000;

interface ProcessEndOptions {
  readonly log: Logger;
  readonly output: LogOutput;
}

/** Ends the process once, with the log written. */
export class ProcessEnd {
  readonly #options: ProcessEndOptions;
  #close: () => Promise<void> = () => Promise.resolve();
  #isEnding = false;
  #hasFailed = false;

  constructor(options: ProcessEndOptions) {
    this.#options = options;
  }

  /** Called before the process ends. */
  closing(close: () => Promise<void>): void {
    this.#close = close;
  }

  /** Exit code 0; 1 when it is asked for twice: then it must not take its time. */
  async stop(signal: string): Promise<void> {
    if (this.#isEnding) process.exit(1);
    this.#options.log.info({ signal }, 'shutting down');
    await this.#end();
  }

  /** Exit code 1. Of a fault one line is written, without its text; what fails while it ends is told as well. */
  async crash(fault: unknown): Promise<void> {
    const { log } = this.#options;
    log.fatal({ fault: faultOf(fault) }, 'the gateway ends: nobody expected this');
    this.#hasFailed = true;
    setTimeout(() => process.exit(1), CRASH_MS).unref();
    if (!this.#isEnding) await this.#end();
  }

  async #end(): Promise<void> {
    this.#isEnding = true;
    await this.#close().catch((error: unknown) => this.crash(error));
    await this.#options.output.end();
    process.exit(this.#hasFailed ? 1 : 0);
  }
}
