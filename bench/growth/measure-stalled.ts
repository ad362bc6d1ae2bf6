import { type Pair, startPair } from '../fan-out/start-pair.ts';
import type { Variant } from '../fan-out/variants.ts';
import { now, wait } from '../support/clock.ts';

/** Megabytes of RSS. */
export interface StalledCost {
  readonly before: number;
  readonly peak: number;
  readonly after: number;
}

export const DELTAS = 200_000;
/** As long as it takes until the process has all the memory that it needs in any case. */
export const WARM_UP = 150_000;
export const PER_SECOND = 10_000;
const TIMEOUT_MS = 120_000;
const PAUSE_MS = 500;
const MEGABYTE = 2 ** 20;

/** One of two readers stops to read, and 200,000 deltas come. */
export async function measureStalled(variant: Variant): Promise<StalledCost> {
  await using pair = await startPair(variant);
  const { server, client, endpoint } = pair;
  await client.call('connect', { endpoint, count: 2 });
  await peakDuring(pair, WARM_UP * 0.75);
  const warm = await peakDuring(pair, WARM_UP * 0.25);
  await client.call('stallFirst', null);
  const peak = await peakDuring(pair, DELTAS);
  const { rss } = await server.usage({ settled: true });
  return { before: warm / MEGABYTE, peak: peak / MEGABYTE, after: rss / MEGABYTE };
}

/** The highest RSS that was seen, each time after a garbage collection: its size before depends on when V8 collects. */
async function peakDuring({ server }: Pair, count: number): Promise<number> {
  const end = (await server.call('emitted', null)) + count;
  await server.call('emit', { perSecond: PER_SECOND, count });
  const deadline = now() + TIMEOUT_MS;
  let peak = 0;
  while ((await server.call('emitted', null)) < end) {
    if (now() > deadline) throw new Error(`${count} deltas took more than ${TIMEOUT_MS} ms`);
    peak = Math.max(peak, (await server.usage({ settled: true })).rss);
    await wait(PAUSE_MS);
  }
  return peak;
}
