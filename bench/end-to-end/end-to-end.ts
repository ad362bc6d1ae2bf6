import type { RunOptions } from '../options.ts';
import { wait } from '../support/clock.ts';
import { promptFor } from '../support/model-prompts.ts';
import { Rounds } from '../support/rounds.ts';
import { atMost, type Benchmark, figure, type Section, type Table } from '../support/section.ts';
import { startChild } from '../support/start-child.ts';
import type { ChatClient } from './chat-client.ts';
import { type ChatVariant, gateway, rawRelay, startChat } from './start-chat.ts';

interface Measured {
  readonly p50: number;
  readonly p99: number;
  readonly tokensPerSecond: number;
  /** Microseconds of the server's CPU, without the runtime's. */
  readonly cpuPerToken: number;
}

interface Scene extends ChatVariant {
  readonly sessions: number;
}

/** So much longer than it is measured do the answers last. */
const SPARE_SECONDS = 10;
const START_TIMEOUT_MS = 180_000;
const AIMED_AT = 40;

/** What the gateway adds to what the runtime and a socket take anyway. */
export const endToEnd: Benchmark = {
  name: 'end-to-end',
  title: 'End to end',
  run: async (options, say) => {
    const rounds = new Rounds<Measured>(say);
    const scenes = options.sessions.flatMap((sessions) => [
      scene(rawRelay, sessions),
      scene(gateway, sessions),
    ]);
    await rounds.run(options.rounds, scenes, (one) => measure(one, options));
    return section(options, rounds);
  },
};

function scene(variant: ChatVariant, sessions: number): Scene {
  return { ...variant, name: nameOf(variant, sessions), sessions };
}

function nameOf({ name }: ChatVariant, sessions: number): string {
  return `${name}, ${sessions} sessions`;
}

async function measure(
  { sessions, kind, ...variant }: Scene,
  options: RunOptions,
): Promise<Measured> {
  const { tokensPerSecond: perSecond, seconds, warmUpSeconds, profileTo } = options;
  await using chat = await startChat({ ...variant, kind }, profileTo);
  await using client = await startChild<ChatClient>('end-to-end/chat-client');
  const tokens = perSecond * (seconds + warmUpSeconds + SPARE_SECONDS);
  const prompt = promptFor({ tokens, perSecond, seed: null });
  await client.call('start', { url: chat.url, kind, sessions, prompt }, START_TIMEOUT_MS);
  await wait(warmUpSeconds * 1_000);
  await client.call('reset', null);
  const before = await chat.server.usage();
  await wait(seconds * 1_000);
  const after = await chat.server.usage();
  const { tokens: heard, p50, p99 } = await client.call('heard', null);
  return {
    p50: p50 ?? Number.NaN,
    p99: p99 ?? Number.NaN,
    tokensPerSecond: (heard / (after.wall - before.wall)) * 1e6,
    cpuPerToken: (after.cpu - before.cpu) / heard,
  };
}

function section(options: RunOptions, rounds: Rounds<Measured>): Section {
  const latencies: Table = {
    caption: 'Latency from the model to the client',
    columns: ['variant', 'sessions', 'p50 ms', 'p99 ms', 'tokens / s', 'CPU µs / token', 'failed'],
    rows: options.sessions.flatMap((sessions) =>
      [rawRelay, gateway].map((variant) => row(variant, sessions, rounds)),
    ),
  };
  const added: Table = {
    caption: 'Added by the gateway',
    columns: ['sessions', 'p50 ms', 'p99 ms'],
    rows: options.sessions.map((sessions) => [
      String(sessions),
      figure(addedAt(sessions, rounds, 'p50'), 2),
      figure(addedAt(sessions, rounds, 'p99'), 2),
    ]),
  };
  const at = `with ${AIMED_AT} sessions at 25 tokens/s`;
  const verdicts = [
    atMost(
      { aim: `added p50 ≤ 1 ms ${at}`, limit: 1, unit: 'ms' },
      addedAt(AIMED_AT, rounds, 'p50'),
    ),
    atMost(
      { aim: `added p99 ≤ 10 ms ${at}`, limit: 10, unit: 'ms' },
      addedAt(AIMED_AT, rounds, 'p99'),
    ),
  ];
  return { method: method(options), tables: [latencies, added], verdicts };
}

function addedAt(sessions: number, rounds: Rounds<Measured>, which: 'p50' | 'p99'): number {
  const read = (round: Measured): number => round[which];
  return (
    rounds.median(nameOf(gateway, sessions), read) - rounds.median(nameOf(rawRelay, sessions), read)
  );
}

function row(variant: ChatVariant, sessions: number, rounds: Rounds<Measured>): string[] {
  const name = nameOf(variant, sessions);
  return [
    variant.name,
    String(sessions),
    figure(
      rounds.median(name, ({ p50 }) => p50),
      2,
    ),
    figure(
      rounds.median(name, ({ p99 }) => p99),
      2,
    ),
    figure(
      rounds.median(name, ({ tokensPerSecond }) => tokensPerSecond),
      0,
    ),
    figure(
      rounds.median(name, ({ cpuPerToken }) => cpuPerToken),
      0,
    ),
    rounds.failuresOf(name),
  ];
}

function method({ tokensPerSecond, rounds, seconds, warmUpSeconds }: RunOptions): string {
  return `A model on this machine streams ${tokensPerSecond} tokens per second into each session; each token contains the time at which
it was written. Between the model and the client are the bundled runtime and either this gateway (one \`messageDelta\`
subscription per session, each on its own socket) or the SDK with a relay that sends each \`assistant.message_delta\` to a
socket, without GraphQL. Model, server with its runtime, and clients are separate processes on the same cores. CPU is that of
the server process, without the runtime. ${rounds} interleaved rounds of ${seconds} s after ${warmUpSeconds} s of warm-up;
medians.`;
}
