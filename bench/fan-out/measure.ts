import type { RunOptions } from '../options.ts';
import { wait } from '../support/clock.ts';
import { type Pair, startPair } from './start-pair.ts';
import type { Variant } from './variants.ts';

/** One window of one variant. */
export interface Measured {
  /** Microseconds of the server's CPU. */
  readonly cpuPerDelta: number;
  readonly deltasPerSecond: number;
  readonly messagesPerSecond: number;
  /** Milliseconds; undefined when nothing arrived. */
  readonly p50: number | undefined;
  readonly p99: number | undefined;
  /** Share of one core. */
  readonly serverLoad: number;
  readonly clientLoad: number;
}

/** @throws Error when the server fails under the load */
export async function measure(variant: Variant, options: RunOptions): Promise<Measured> {
  await using pair = await startPair(variant, options.profileTo);
  const { server, client, endpoint } = pair;
  await client.call('connect', { endpoint, count: options.subscribers });
  await server.call('emit', { perSecond: options.perSecond, count: null });
  await client.call('allHeard', null);
  await wait(options.warmUpSeconds * 1_000);
  const { serverCpu, clientCpu, wall } = await during(pair, options.seconds * 1_000);
  const { deltas, messages, p50, p99 } = await client.call('delivered', null);
  return {
    cpuPerDelta: serverCpu / deltas,
    deltasPerSecond: (deltas / wall) * 1e6,
    messagesPerSecond: (messages / wall) * 1e6,
    p50,
    p99,
    serverLoad: serverCpu / wall,
    clientLoad: clientCpu / wall,
  };
}

/** Microseconds that went by and were used. */
async function during(
  { server, client }: Pair,
  ms: number,
): Promise<{ serverCpu: number; clientCpu: number; wall: number }> {
  const [clientBefore] = await Promise.all([client.usage(), client.call('reset', null)]);
  const serverBefore = await server.usage();
  await wait(ms);
  const [serverAfter, clientAfter] = await Promise.all([server.usage(), client.usage()]);
  return {
    serverCpu: serverAfter.cpu - serverBefore.cpu,
    clientCpu: clientAfter.cpu - clientBefore.cpu,
    wall: serverAfter.wall - serverBefore.wall,
  };
}
