import { graphql } from '../../generated/operations/gql.ts';
import type { ReadCleanupQuery } from '../../generated/operations/graphql.ts';
import { waitUntil } from '../assertions/until.ts';
import type { Client, Loaded } from '../clients/transports.ts';
import type { TestGateway } from './gateway.ts';

type CleanupReport = NonNullable<Loaded<ReadCleanupQuery>['status']['gateway']['lastCleanup']>;

const lastCleanup = graphql(`
  query ReadCleanup {
    status {
      gateway {
        lastCleanup {
          finishedAt
          examined
          deleted
          dryRun
          nextAt
        }
      }
    }
  }
`);

export async function readCleanup(client: Client): Promise<CleanupReport | null> {
  return (await client.run(lastCleanup)).status.gateway.lastCleanup;
}

/** Polls for a cleanup report that fits, because no subscription announces one. */
export function waitForCleanup(
  client: Client,
  fits: (report: CleanupReport) => boolean,
): Promise<CleanupReport> {
  const read = async (): Promise<CleanupReport | false> => {
    const report = await readCleanup(client);
    return report !== null && fits(report) && report;
  };
  return waitUntil(read, { what: () => 'a cleanup report' });
}

/** Returns the counts of the logged sweeps; sweeps that found nothing are not logged. */
export function listLoggedCleanups({ logs }: TestGateway): { examined: number; deleted: number }[] {
  return logs
    .filter(({ msg }) => msg === 'old sessions cleaned up')
    .map(({ examined, deleted }) => ({ examined: Number(examined), deleted: Number(deleted) }));
}

/** Asks the runtime for the session by id, since its list omits sessions without messages. */
export async function isInRuntime({ services }: TestGateway, id: string): Promise<boolean> {
  const found = await services.runtime.call((client) => client.getSessionMetadata(id));
  return found !== undefined;
}

export async function isKnown({ services }: TestGateway, id: string): Promise<boolean> {
  return (await services.sessions.findSnapshotUnchecked(id)) !== null;
}
