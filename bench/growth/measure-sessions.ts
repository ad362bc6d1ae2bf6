import type { Chat } from '../end-to-end/chat.ts';
import { openChat } from '../end-to-end/open-chat.ts';
import { type ChatServer, type ChatVariant, startChat } from '../end-to-end/start-chat.ts';
import { now } from '../support/clock.ts';
import { inParallel } from '../support/in-parallel.ts';
import { promptFor } from '../support/model-prompts.ts';
import { median } from '../support/statistics.ts';

/** What it costs when there are so many sessions. */
export interface Stage {
  readonly sessions: number;
  readonly list: Cost;
  readonly turn: Cost;
  /** Of the server without the runtime, in megabytes. */
  readonly rss: number;
}

/** Milliseconds, the median; and milliseconds of the server's CPU, the mean. */
export interface Cost {
  readonly latency: number;
  readonly cpu: number;
}

export interface GrowthOptions {
  readonly stages: readonly number[];
  /** All sessions stay open in the runtime; else all but one are only on disk. */
  readonly open: boolean;
}

const AT_ONCE = 8;
const LISTS = 50;
const TURNS = 20;
const prompt = promptFor({ tokens: 1, perSecond: 0, seed: 1 });
const nameOf = (index: number): string => `session-${index}`;

export async function measureSessions(
  variant: ChatVariant,
  { stages, open }: GrowthOptions,
): Promise<Stage[]> {
  await using server = await startChat(variant);
  const chat = await openChat(server.url, variant.kind);
  const results: Stage[] = [];
  let made = 0;
  for (const sessions of stages) {
    const indices = Array.from({ length: sessions - made }, (_item, index) => made + index);
    await inParallel(indices, AT_ONCE, async (index) => {
      await chat.create(nameOf(index));
      await chat.ask(nameOf(index), prompt);
      if (!open && index > 0) await chat.release(nameOf(index));
    });
    made = sessions;
    results.push(await stage(chat, server, sessions));
  }
  return results;
}

async function stage(chat: Chat, server: ChatServer, sessions: number): Promise<Stage> {
  const list = await costOf(server, LISTS, () => chat.list());
  const turn = await costOf(server, TURNS, () => chat.ask(nameOf(0), prompt));
  const { rss } = await server.server.usage({ settled: true });
  return { sessions, list, turn, rss: rss / 2 ** 20 };
}

async function costOf(
  { server }: ChatServer,
  times: number,
  work: () => Promise<void>,
): Promise<Cost> {
  // Once for what is needed only the first time.
  await work();
  const latencies: number[] = [];
  const before = await server.usage();
  for (let time = 0; time < times; time++) {
    const startedAt = now();
    await work();
    latencies.push(now() - startedAt);
  }
  const after = await server.usage();
  return { latency: median(latencies), cpu: (after.cpu - before.cpu) / times / 1_000 };
}
