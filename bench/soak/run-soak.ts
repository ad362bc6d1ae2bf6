import { randomInt } from 'node:crypto';

import { createRandom } from '../../test/support/assertions/random.ts';
import { benchSettings } from '../support/bench-gateway.ts';
import { until, wait } from '../support/clock.ts';
import type { ModelServer } from '../support/model-server.ts';
import { request } from '../support/request.ts';
import { startChild } from '../support/start-child.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { readHistory } from './history.ts';
import { KillableGateway } from './killable-gateway.ts';
import { SoakRecord } from './record.ts';
import { RssTrend } from './rss-trend.ts';
import { Speaker } from './speaker.ts';
import { Trouble } from './trouble.ts';

export interface SoakOptions {
  readonly seconds: number;
  readonly seed: number;
}

export interface Soaked {
  readonly seed: number;
  readonly record: SoakRecord;
  /** Messages that were read and are in the history. */
  readonly inHistory: number;
  readonly rss: RssTrend;
  readonly openSubscriptions: number;
  readonly exitCode: number | null;
}

const SESSIONS = 8;
const SETTLE_MS = 5_000;
const END_TIMEOUT_MS = 20_000;
/** Small, so that logs forget and readers are caught up from the journal. */
const LOG_BYTES = '65536';

export async function runSoak({ seconds, seed: given }: SoakOptions): Promise<Soaked> {
  const seed = given || randomInt(1, 2 ** 31);
  const random = createRandom(seed);
  await using folder = await temporaryFolder();
  await using model = await startChild<ModelServer>('support/model-server');
  const modelUrl = await model.call('open', null);
  const settings = benchSettings({ dataDir: folder.path, modelUrl });
  await using gateway = new KillableGateway({ ...settings, LIMIT_LOG_BYTES: LOG_BYTES });
  await gateway.start();
  const record = new SoakRecord();
  const sessionIds = Array.from({ length: SESSIONS }, (_session, index) => `soak-${index}`);
  let seeds = 0;
  const speakers = sessionIds.map(
    (sessionId) =>
      new Speaker({
        url: () => gateway.url,
        sessionId,
        record,
        random,
        nextSeed: () => ++seeds,
      }),
  );
  const trouble = new Trouble({ seconds, sessionIds, gateway, record, random });
  const rss = new RssTrend(() => gateway.rss(), seconds);
  await trouble.run();
  rss.stop();
  for (const speaker of speakers) speaker.stop();
  await Promise.all(speakers.map(({ done }) => done));
  await wait(SETTLE_MS);
  await trouble.leaveAll();
  const openSubscriptions = await subscriptionsLeft(gateway.url);
  const inHistory = record.compareWith(await readHistory(gateway.url, sessionIds));
  return { seed, record, inHistory, rss, openSubscriptions, exitCode: await gateway.stop() };
}

/** How many there are once there should be none. */
async function subscriptionsLeft(url: string): Promise<number> {
  let left = 0;
  const isOver = async (): Promise<boolean> => {
    const { status } = await request<{ status: { gateway: { activeSubscriptions: number } } }>(
      url,
      '{ status { gateway { activeSubscriptions } } }',
    );
    left = status.gateway.activeSubscriptions;
    return left === 0;
  };
  await until(isOver, { what: 'no subscriptions', timeoutMs: END_TIMEOUT_MS }).catch(
    () => undefined,
  );
  return left;
}
