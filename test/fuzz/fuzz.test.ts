import { expect, it } from 'vitest';

import { schema } from '../../src/schema/index.ts';
import { fetchSession } from '../support/operations/sessions.ts';
import { readStatus } from '../support/operations/status.ts';
import { cases, type Exchange, type Surroundings } from './cases.ts';
import { Documents } from './documents.ts';
import { Random } from './random.ts';
import { isCoded, problemOf } from './verdict.ts';
import { SECRET, World } from './world.ts';

const count = Number(process.env['FUZZ_COUNT'] ?? 1_000);
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
const AT_ONCE = 16;
const LONGEST_MS = 900_000;

it(
  `random input causes no unexpected error and reveals no data of another viewer (FUZZ_SEED=${seed})`,
  async () => {
    await using world = await World.start();
    const random = new Random(seed);
    const surroundings = { world, random, documents: new Documents(schema, world) };
    const problems: string[] = [];
    let left = count;
    const worker = async (): Promise<void> => {
      while (left-- > 0 && problems.length === 0) problems.push(...(await one(surroundings)));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    expect(problems).toEqual([]);
    const { messages } = await fetchSession(world.client('carol'), 'kept-of-carol');
    expect(JSON.stringify(messages)).toContain(SECRET);
    expect((await world.client('carol').run(readStatus)).status.healthy).toBe(true);
    expect(world.gateway.output()).not.toMatch(/"level":(50|60)/);
    // Whatever a library prints beside the log would be there as often as a client likes.
    expect(world.gateway.output()).not.toMatch(/^(?!\{"level":\d)./m);
    console.log(`${count} exchanges, FUZZ_SEED=${seed}`);
  },
  LONGEST_MS,
);

async function one(surroundings: Surroundings): Promise<string[]> {
  const { random, world } = surroundings;
  const kind = random.of(['document', 'document', 'document', 'body', 'stream', 'socket'] as const);
  const exchange = await cases[kind](surroundings);
  world.learn(exchange.answer);
  const problem = problemOf(exchange.answer, exchange.status) ?? uncoded(exchange);
  return problem === undefined
    ? []
    : [`${problem}: ${kind}\n${exchange.sent}\n${exchange.answer.slice(0, 2_000)}`];
}

function uncoded({ answer }: Exchange): string | undefined {
  return isCoded(answer) ? undefined : 'an error without a code';
}
