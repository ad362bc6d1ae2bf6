import { graphql } from '../../generated/operations/gql.ts';
import type {
  DeltaFieldsFragment,
  SessionEventsSubscription,
} from '../../generated/operations/graphql.ts';
import type { Collector } from '../clients/collector.ts';
import type { Flat, Loaded } from '../clients/transports.ts';

export type LiveDelta = Flat<DeltaFieldsFragment>;

export const messageDelta = graphql(`
  subscription MessageDelta($sessionId: ID!, $after: Cursor) {
    messageDelta(sessionId: $sessionId, after: $after) {
      ...DeltaFields
    }
  }
`);

export type TimelineEvent = Loaded<SessionEventsSubscription>['sessionEvents'];

export const sessionEvents = graphql(`
  subscription SessionEvents($sessionId: ID!, $after: Cursor, $types: [SessionEventType!]) {
    sessionEvents(sessionId: $sessionId, after: $after, types: $types) {
      __typename
      cursor
      turnId
      ... on TurnChanged {
        turn {
          ...TurnFields
        }
      }
      ... on UserMessageAdded {
        userMessage {
          id
          content
        }
      }
      ... on AssistantMessageCompleted {
        assistantMessage {
          id
          content
        }
      }
      ...DeltaFields
      ... on ToolCallChanged {
        toolCall {
          id
          name
          state
        }
      }
      ... on RequestResolved {
        resolution
        feedback
      }
      ... on RuntimeChanged {
        runtimeState
      }
      ... on SessionInfo {
        infoType
      }
      ... on TitleChanged {
        title
      }
      ... on SessionDeleted {
        deletedSessionId
      }
    }
  }
`);

export const sessionInfo = graphql(`
  subscription SessionInfo($sessionId: ID!, $infoTypes: [String!]) {
    sessionInfo(sessionId: $sessionId, infoTypes: $infoTypes) {
      infoType
      message
      url
    }
  }
`);

export const credentialsRequired = graphql(`
  subscription CredentialsRequired($sessionId: ID!, $after: Cursor) {
    sessionEvents(sessionId: $sessionId, after: $after, types: [CREDENTIALS_REQUIRED]) {
      ... on CredentialsRequired {
        host
        reason
      }
    }
  }
`);

/** Returns the deltas of a text up to the last one. */
export async function collectText(
  deltas: Collector<{ readonly messageDelta: LiveDelta }>,
): Promise<LiveDelta[]> {
  const values = await deltas.collectUntil(({ messageDelta: delta }) => delta.state === 'COMPLETE');
  return values.map((value) => value.messageDelta);
}
