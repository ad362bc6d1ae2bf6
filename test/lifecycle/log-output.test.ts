import { Writable } from 'node:stream';

import { expect, it } from 'vitest';

import { createLoggerDestination } from '../../src/lifecycle/log-destination.ts';

const MEGABYTE = 2 ** 20;

/** Reads one chunk, and the rest only after `resumeReading`. */
class StuckReader extends Writable {
  readonly chunks: string[] = [];
  #isStuck = true;
  #waiting: (() => void) | undefined;

  resumeReading(): void {
    this.#isStuck = false;
    this.#waiting?.();
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.chunks.push(chunk.toString());
    if (this.#isStuck) this.#waiting = done;
    else done();
  }
}

it('buffered log lines are bounded, and a line with the number of dropped lines precedes the next one', async () => {
  const reader = new StuckReader();
  const output = createLoggerDestination(reader);
  for (let line = 0; line < 10; line++) output.write(`${line}${'x'.repeat(MEGABYTE)}\n`);
  expect(reader.writableLength).toBeLessThan(6 * MEGABYTE);
  reader.resumeReading();
  output.write('later\n');
  await output.end();

  expect(reader.chunks.map(([first]) => first)).toEqual(['0', '1', '2', '3', '{', 'l', undefined]);
  expect(JSON.parse(reader.chunks.at(-3) ?? '')).toMatchObject({ dropped: 6 });
});

it('the end of the log reports dropped lines, and does not wait for a stalled reader', async () => {
  const reader = new StuckReader();
  const output = createLoggerDestination(reader);
  for (let line = 0; line < 6; line++) output.write('x'.repeat(MEGABYTE));
  await output.end();
  reader.resumeReading();

  expect(reader.chunks.at(-2)).toContain('"dropped":1');
});
