import { createRandom } from '../support/assertions/random.ts';

/** Choices that are the same for the same seed. */
export class Random {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = createRandom(seed);
  }

  chance(share: number): boolean {
    return this.#next() < share;
  }

  /** From 0 up to, and without, `limit`. */
  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  /** Up to `most` of what `make` gives. */
  some<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, make);
  }
}

const RUBBISH = [
  '',
  '\0',
  '\u202e',
  '💥',
  '{',
  '}',
  '"',
  '\\',
  '$',
  '@',
  '..',
  ' ',
  '\n',
  '0',
  'é',
];

/** The text with a few of its parts lost, doubled, moved or replaced. */
export function mutated(text: string, random: Random): string {
  let result = text;
  for (let left = random.below(4); left > 0; left--) {
    const at = random.below(result.length + 1);
    const end = Math.min(result.length, at + 1 + random.below(8));
    const part = result.slice(at, end);
    const by = random.of(['', part + part, random.of(RUBBISH), part.toUpperCase()]);
    result = result.slice(0, at) + by + result.slice(end);
  }
  return result;
}
