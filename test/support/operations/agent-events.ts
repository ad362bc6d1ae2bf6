import { graphql } from '../../generated/operations/gql.ts';
import type {
  AgentEventsSubscription,
  SessionUsageFieldsFragment,
  SubagentFieldsFragment,
  TurnUsageFieldsFragment,
} from '../../generated/operations/graphql.ts';
import type { Client, Flat, Loaded } from '../clients/transports.ts';

export type TurnUsage = Flat<TurnUsageFieldsFragment>;
export type SessionUsage = Flat<SessionUsageFieldsFragment>;
type Subagent = Flat<SubagentFieldsFragment>;
export type AgentEvent = Loaded<AgentEventsSubscription>['sessionEvents'];

export const agentEvents = graphql(`
  subscription AgentEvents($sessionId: ID!, $after: Cursor, $types: [SessionEventType!]) {
    sessionEvents(sessionId: $sessionId, after: $after, types: $types) {
      __typename
      cursor
      turnId
      agentId
      ... on IntentChanged {
        intent
      }
      ... on ModelChanged {
        model
        previousModel
        cause
      }
      ... on ModelRetry {
        reason
        model
        statusCode
        attempt
      }
      ... on ContextCompacted {
        succeeded
        tokensBefore
        tokensAfter
        messagesRemoved
      }
      ... on UsageChanged {
        turnUsage {
          ...TurnUsageFields
        }
        sessionUsage {
          ...SessionUsageFields
        }
      }
      ... on SubagentChanged {
        subagent {
          ...SubagentFields
        }
      }
    }
  }
`);

const readUsage = graphql(`
  query ReadUsage($id: ID!, $turnId: ID!) {
    session(id: $id) {
      usage {
        ...SessionUsageFields
      }
      turn(id: $turnId) {
        usage {
          ...TurnUsageFields
        }
      }
    }
  }
`);

export async function fetchUsage(
  client: Client,
  sessionId: string,
  turnId: string,
): Promise<{ session: SessionUsage; turn: TurnUsage }> {
  const { session } = await client.run(readUsage, { id: sessionId, turnId });
  return { session: session.usage, turn: session.turn.usage };
}

const readSubagents = graphql(`
  query ReadSubagents($id: ID!) {
    session(id: $id) {
      subagents {
        ...SubagentFields
      }
    }
  }
`);

export async function fetchSubagents(
  client: Client,
  sessionId: string,
): Promise<readonly Subagent[]> {
  return (await client.run(readSubagents, { id: sessionId })).session.subagents;
}
