import { Writable } from 'node:stream';

import { expect, it } from 'vitest';

import { createLoggerDestination } from '../../src/lifecycle/log-destination.ts';

const MEGABYTE = 2 ** 20;

/** Takes nothing until it is told to. */
class StuckReader extends Writable {
  readonly taken: string[] = [];
  #isStuck = true;
  #waiting: (() => void) | undefined;

  goOn(): void {
    this.#isStuck = false;
    this.#waiting?.();
  }

  override _write(chunk: Buffer, _encoding: string, taken: () => void): void {
    this.taken.push(chunk.toString());
    if (this.#isStuck) this.#waiting = taken;
    else taken();
  }
}

it('lines that wait for a reader are bounded, and it is told how many were dropped before the next', async () => {
  const reader = new StuckReader();
  const output = createLoggerDestination(reader);
  for (let line = 0; line < 10; line++) output.write(`${line}${'x'.repeat(MEGABYTE)}\n`);
  expect(reader.writableLength).toBeLessThan(6 * MEGABYTE);
  reader.goOn();
  output.write('later\n');
  await output.end();

  expect(reader.taken.map(([first]) => first)).toEqual(['0', '1', '2', '3', '{', 'l', undefined]);
  expect(JSON.parse(reader.taken.at(-3) ?? '')).toMatchObject({ dropped: 6 });
});

it('the end tells how many lines were dropped, and does not wait for a reader that takes nothing', async () => {
  const reader = new StuckReader();
  const output = createLoggerDestination(reader);
  for (let line = 0; line < 6; line++) output.write('x'.repeat(MEGABYTE));
  await output.end();
  reader.goOn();

  expect(reader.taken.at(-2)).toContain('"dropped":1');
});
