import type { Writable } from 'node:stream';

import type { DestinationStream } from 'pino';

export interface LoggerDestination extends DestinationStream {
  /** Resolves when all lines are written, or when nobody takes them. */
  end(): Promise<void>;
}

/** Some ten thousand lines. */
const MAX_BUFFERED_BYTES = 4 * 2 ** 20;
const END_TIMEOUT_MS = 1_000;

/**
 * A pipe or socket whose reader takes nothing must not hold the gateway up. What waits for it is bounded; lines beyond
 * that are dropped, and a line says how many once it takes some again. A file or a terminal is written at once. Not
 * pino's own destination: a thread of it that waits in `write` for a reader keeps the process from ending.
 */
export function createLoggerDestination(output: Writable): LoggerDestination {
  let dropped = 0;
  // The reader went away, or the disk is full: there is nowhere to tell it.
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
