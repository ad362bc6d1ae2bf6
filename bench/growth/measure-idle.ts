import { startPair } from '../fan-out/start-pair.ts';
import type { Variant } from '../fan-out/variants.ts';

/** Bytes for each subscriber to whom nothing is sent. */
export interface IdleCost {
  readonly rss: number;
  readonly heap: number;
}

/** Connected before the first look, so that what is needed once is not counted. */
const BEFORE = 500;
const CONNECT_TIMEOUT_MS = 300_000;

export async function measureIdle(variant: Variant, subscribers: number): Promise<IdleCost> {
  await using pair = await startPair(variant);
  const { server, client, endpoint } = pair;
  const connect = async (count: number): Promise<void> => {
    await client.call('connect', { endpoint, count }, CONNECT_TIMEOUT_MS);
    // One delta, which shows that all of them have subscribed.
    await server.call('emit', { perSecond: 1_000, count: 1 });
    await client.call('allHeard', null, CONNECT_TIMEOUT_MS);
  };
  await connect(BEFORE);
  const before = await server.usage({ settled: true });
  await connect(subscribers - BEFORE);
  const after = await server.usage({ settled: true });
  return {
    rss: (after.rss - before.rss) / (subscribers - BEFORE),
    heap: (after.heap - before.heap) / (subscribers - BEFORE),
  };
}
