import { once } from 'node:events';

import { type DestinationStream, pino } from 'pino';

export interface LogOutput extends DestinationStream {
  /** Resolves when all lines are written, or when nobody takes them. */
  end(): Promise<void>;
}

const STANDARD_OUTPUT = 1;
/** Some ten thousand lines. */
const MAX_WAITING_BYTES = 4 * 2 ** 20;
const END_TIMEOUT_MS = 1_000;

/**
 * Standard output, written in the background: a reader of it that takes nothing must not hold the gateway up. What
 * waits for it is bounded; lines beyond that are dropped, and a line says how many once it takes some again.
 */
export function openStandardOutput(): LogOutput {
  const output = pino.destination({
    dest: STANDARD_OUTPUT,
    sync: false,
    maxLength: MAX_WAITING_BYTES,
  });
  let dropped = 0;
  output.on('drop', () => dropped++);
  output.on('drain', () => {
    if (dropped === 0) return;
    const line = { level: 40, time: Date.now(), dropped, msg: 'log lines dropped' };
    dropped = 0;
    output.write(`${JSON.stringify(line)}\n`);
  });
  return {
    write: (line) => output.write(line),
    end: async () => {
      const closed = once(output, 'close', { signal: AbortSignal.timeout(END_TIMEOUT_MS) });
      output.end();
      await closed.catch(() => {
        output.destroy();
      });
    },
  };
}
