import type { FanOutOffer } from '../fan-out/serve-fan-out.ts';
import type { RunOptions } from '../options.ts';
import { wait } from '../support/clock.ts';
import { Owned } from '../support/owned.ts';
import { atMost, type Benchmark, figure, type Section } from '../support/section.ts';
import { startChild } from '../support/start-child.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { FloodClient, FloodResult } from './flood-client.ts';
import type { Heard, ReaderClient } from './reader-client.ts';

const SOCKETS = 20;
const OPERATIONS_PER_SECOND = 200;
const DELTAS_PER_SECOND = 100;
const QUIET_SECONDS = 10;
const FLOOD_SECONDS = 30;
const LIMIT_MS = 50;
const SPARE_MS = 30_000;

interface Measured {
  readonly quiet: Heard;
  readonly flooded: Heard;
  readonly flood: FloodResult;
}

/** Whether one viewer can spoil it for another. */
export const flood: Benchmark = {
  name: 'flood',
  title: 'Flood',
  run: async (options, say) => {
    say(`${QUIET_SECONDS} s without a flood, ${FLOOD_SECONDS} s with one`);
    return section(await measure(options));
  },
};

async function measure({ profileTo, warmUpSeconds }: RunOptions): Promise<Measured> {
  await using owned = new Owned();
  const folder = owned.take(await temporaryFolder());
  const server = owned.take(await startChild<FanOutOffer>('flood/gateway-server', { profileTo }));
  const reader = owned.take(await startChild<ReaderClient>('flood/reader-client'));
  const flooder = owned.take(await startChild<FloodClient>('flood/flood-client'));
  const endpoint = await server.call('open', { dataDir: folder.path });
  await reader.call('watch', endpoint);
  await wait(1_000);
  await server.call('emit', { perSecond: DELTAS_PER_SECOND, count: null });
  const during = async (work: () => Promise<unknown>): Promise<Heard> => {
    await reader.call('reset', null);
    await work();
    return reader.call('heard', null);
  };
  const floodFor = (seconds: number): Promise<FloodResult> => {
    const pace = { sockets: SOCKETS, perSecond: OPERATIONS_PER_SECOND, seconds };
    return flooder.call('flood', { url: endpoint.url, ...pace }, seconds * 1_000 + SPARE_MS);
  };
  await floodFor(warmUpSeconds);
  const quiet = await during(() => wait(QUIET_SECONDS * 1_000));
  let result: FloodResult = { answered: 0, refused: 0, failed: 0 };
  const flooded = await during(async () => {
    result = await floodFor(FLOOD_SECONDS);
  });
  return { quiet, flooded, flood: result };
}

function section({ quiet, flooded, flood: { answered, refused, failed } }: Measured): Section {
  const row = (name: string, { deltas, p50, p99, most, ended }: Heard): string[] => [
    name,
    String(deltas),
    figure(p50),
    figure(p99),
    figure(most),
    ended ?? '-',
  ];
  return {
    method,
    tables: [
      {
        caption: 'Latency of the deltas of the other viewer, in ms',
        columns: ['', 'deltas', 'p50', 'p99', 'max', 'ended by'],
        rows: [row('without a flood', quiet), row('with a flood', flooded)],
      },
      {
        caption: 'Operations of the flood',
        columns: ['answered', 'rejected with RATE_LIMITED', 'failed otherwise'],
        rows: [[String(answered), String(refused), String(failed)]],
      },
    ],
    verdicts: [
      atMost(
        { aim: `p99 of the other viewer ≤ ${LIMIT_MS} ms`, limit: LIMIT_MS, unit: 'ms' },
        flooded.p99 ?? Number.NaN,
      ),
    ],
  };
}

const method = `One viewer has ${SOCKETS} sockets and sends ${OPERATIONS_PER_SECOND} operations per second for ${FLOOD_SECONDS} s, each with a new
document. Another viewer reads a session that receives ${DELTAS_PER_SECOND} deltas per second. AUTH=tokens, default limits. A short flood
precedes the measurement, so that the code is warm. Gateway, reader and flood are separate processes on the same cores.`;
