import { graphql } from '../../generated/operations/gql.ts';
import type {
  DelegatedEventsSubscription,
  ReadDelegatedMessagesQuery,
} from '../../generated/operations/graphql.ts';
import type { Client, Loaded } from '../clients/transports.ts';
import type { HeldPrompt, ScriptedModel } from '../models/scripted-model.ts';

export type DelegatedEvent = Loaded<DelegatedEventsSubscription>['sessionEvents'];

export const delegatedEvents = graphql(`
  subscription DelegatedEvents($sessionId: ID!, $after: Cursor) {
    sessionEvents(
      sessionId: $sessionId
      after: $after
      types: [
        TURN_CHANGED
        USER_MESSAGE_ADDED
        MESSAGE_DELTA
        ASSISTANT_MESSAGE_COMPLETED
        TOOL_CALL_CHANGED
      ]
    ) {
      __typename
      cursor
      turnId
      agentId
      ... on TurnChanged {
        turn {
          id
          state
          reply {
            content
          }
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
          parentToolCallId
        }
      }
    }
  }
`);

type DelegatedMessage = Loaded<ReadDelegatedMessagesQuery>['session']['messages']['nodes'][number];

const readMessages = graphql(`
  query ReadDelegatedMessages($id: ID!) {
    session(id: $id) {
      messages {
        nodes {
          turnId
          ... on AssistantMessage {
            toolCalls {
              name
              state
              parentToolCallId
            }
          }
        }
      }
    }
  }
`);

export async function fetchDelegatedMessages(
  client: Client,
  sessionId: string,
): Promise<readonly DelegatedMessage[]> {
  return (await client.run(readMessages, { id: sessionId })).session.messages.nodes;
}

interface Delegation {
  readonly main: HeldPrompt;
  readonly sub: HeldPrompt & { readonly task: object };
}

interface DelegationOptions {
  readonly mode?: 'sync' | 'background';
  /** The prompt of the sub-agent; a held one by default. */
  readonly prompt?: string;
}

/** Prepares a held prompt and the arguments with which its agent calls the tool `task`. */
export function prepareDelegation(
  model: ScriptedModel,
  { mode = 'sync', prompt }: DelegationOptions = {},
): Delegation {
  const sub = model.hold();
  const task = {
    agent_type: 'explore',
    name: 'explorer',
    description: 'Look around',
    prompt: prompt ?? sub.prompt,
    mode,
  };
  return { main: model.hold(), sub: Object.assign(sub, { task }) };
}
