import { createRandom } from '../../test/support/assertions/random.ts';
import { PIECE_LENGTH } from './stamps.ts';

/** What the model of the benchmarks is to answer. */
export interface Order {
  readonly tokens: number;
  /** 0: all at once. */
  readonly perSecond: number;
  /** Of an answer that can be told in advance; null: each token says when it was written. */
  readonly seed: number | null;
}

const ORDER = /order (\d+) (\d+) (-|\d+)/;

export function promptFor({ tokens, perSecond, seed }: Order): string {
  return `order ${tokens} ${perSecond} ${seed ?? '-'}`;
}

/** Of a prompt that the runtime may have put more words around. */
export function orderIn(prompt: string): Order | undefined {
  const [match, tokens, perSecond, seed] = ORDER.exec(prompt) ?? [];
  if (match === undefined) return undefined;
  return {
    tokens: Number(tokens),
    perSecond: Number(perSecond),
    seed: seed === '-' ? null : Number(seed),
  };
}

/** The pieces of the answer that a seed stands for; the first one names the seed. */
export function knownAnswer({ tokens, seed }: Order): string[] {
  const random = createRandom(seed ?? 0);
  return Array.from({ length: tokens }, (_token, index) =>
    index === 0 ? `answer ${seed}: ` : (words[Math.floor(random() * words.length)] ?? ''),
  );
}

/** The order of a finished or unfinished answer, as far as the text tells. */
export function seedIn(text: string): number | undefined {
  const [, seed] = /^answer (\d+): /.exec(text) ?? [];
  return seed === undefined ? undefined : Number(seed);
}

const words = ['gate ', 'way ', '漢字 ', '🌉 ', 'ñ', ', ', '\n', 'x'.repeat(PIECE_LENGTH)];
