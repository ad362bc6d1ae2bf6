import type { Writable } from 'node:stream';

import type { DestinationStream } from 'pino';

export interface LoggerDestination extends DestinationStream {
  /** Resolves when all lines are written, or after a timeout if they are not read. */
  end(): Promise<void>;
}

/** About ten thousand lines. */
const MAX_BUFFERED_BYTES = 4 * 2 ** 20;
const END_TIMEOUT_MS = 1_000;

/**
 * Writes log lines without ever blocking the gateway. If the reader of a pipe stalls, lines are buffered up to a bound
 * and then dropped; the next line that is written is preceded by a line with the number of dropped ones.
 *
 * pino's own destination is not used: its worker thread, when it blocks in `write`, keeps the process from exiting.
 */
export function createLoggerDestination(output: Writable): LoggerDestination {
  let dropped = 0;
  // The reader is gone or the disk is full. There is no other place to report it.
  output.on('error', () => undefined);
  const reportDropped = (): void => {
    if (dropped === 0) return;
    const line = { level: 40, time: Date.now(), dropped, msg: 'log lines dropped' };
    dropped = 0;
    output.write(`${JSON.stringify(line)}\n`);
  };
  return {
    write: (line) => {
      if (output.writableLength > MAX_BUFFERED_BYTES) {
        dropped++;
        return;
      }
      reportDropped();
      output.write(line);
    },
    end: () =>
      new Promise((resolve) => {
        setTimeout(resolve, END_TIMEOUT_MS);
        reportDropped();
        output.write('', () => {
          resolve();
        });
      }),
  };
}
