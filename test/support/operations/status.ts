import { graphql } from '../../generated/operations/gql.ts';
import type { StatusFieldsFragment } from '../../generated/operations/graphql.ts';
import type { Client, Flat } from '../clients/transports.ts';

export type Status = Flat<StatusFieldsFragment>;

export const readStatus = graphql(`
  query ReadStatus {
    status {
      ...StatusFields
    }
  }
`);

export const statusChanged = graphql(`
  subscription StatusChanged {
    statusChanged {
      ...StatusFields
    }
  }
`);

const readOpenSessions = graphql(`
  query ReadOpenSessions {
    status {
      gateway {
        openSessions
      }
    }
  }
`);

/** Returns how many sessions the gateway has open. */
export async function countOpenSessions(client: Client): Promise<number | null> {
  return (await client.run(readOpenSessions)).status.gateway.openSessions;
}
