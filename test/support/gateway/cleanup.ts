import { graphql } from '../../generated/operations/gql.ts';
import type { ReadCleanupQuery } from '../../generated/operations/graphql.ts';
import { waitUntil } from '../assertions/until.ts';
import type { Client, Loaded } from '../clients/transports.ts';
import type { TestGateway } from './gateway.ts';

export type CleanupReport = NonNullable<
  Loaded<ReadCleanupQuery>['status']['gateway']['lastCleanup']
>;

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

/** Nothing announces it. */
export function waitForCleanup(
  client: Client,
  fits: (report: CleanupReport) => boolean,
): Promise<CleanupReport> {
  const read = async (): Promise<CleanupReport | false> => {
    const report = await readCleanup(client);
    return report !== null && fits(report) && report;
  };
  return waitUntil(read, { what: () => 'a report of the clean-up' });
}

/** Counts of the sweeps that found something, as the log tells them. */
export function listLoggedCleanups({ logs }: TestGateway): { examined: number; deleted: number }[] {
  return logs
    .filter(({ msg }) => msg === 'old sessions cleaned up')
    .map(({ examined, deleted }) => ({ examined: Number(examined), deleted: Number(deleted) }));
}

/** Whether the runtime has the session; one without a message it never lists. */
export async function isInRuntime({ services }: TestGateway, id: string): Promise<boolean> {
  const found = await services.runtime.call((client) => client.getSessionMetadata(id));
  return found !== undefined;
}

export async function isKnown({ services }: TestGateway, id: string): Promise<boolean> {
  return (await services.sessions.findSnapshotUnchecked(id)) !== null;
}
