import { collectGarbage } from '../support/garbage.ts';

/** Loaded before the gateway: tells, when it is asked by SIGUSR2, how large the process is without its garbage. */
process.on('SIGUSR2', () => {
  collectGarbage();
  process.stdout.write(`settled at ${process.memoryUsage().rss} bytes\n`);
});
