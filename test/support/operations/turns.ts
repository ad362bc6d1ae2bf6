import { graphql } from '../../generated/operations/gql.ts';
import type {
  AbortTurnMutation,
  QueuedMessageFieldsFragment,
  SendMessageMutation,
  TurnFieldsFragment,
} from '../../generated/operations/graphql.ts';
import type { Client, Flat, Loaded } from '../clients/transports.ts';
import type { HeldCall } from '../models/scripted-model.ts';

export type SentMessage = Loaded<SendMessageMutation>['sendMessage'];

export const sendMessage = graphql(`
  mutation SendMessage($input: SendMessageInput!) {
    sendMessage(input: $input) {
      cursor
      turn {
        id
        state
      }
    }
  }
`);

export type Turn = Flat<TurnFieldsFragment>;

export const askAndWait = graphql(`
  mutation AskAndWait($input: SendMessageInput!, $timeoutMs: Int! = 15000) {
    sendMessage(input: $input) {
      cursor
      turn {
        id
      }
      finishedTurn(timeoutMs: $timeoutMs) {
        ...TurnFields
      }
    }
  }
`);

export const readTurn = graphql(`
  query ReadTurn($id: ID!, $turnId: ID!) {
    session(id: $id) {
      turn(id: $turnId) {
        ...TurnFields
      }
    }
  }
`);

type AbortedTurn = Loaded<AbortTurnMutation>['abortTurn'];

export const abortTurn = graphql(`
  mutation AbortTurn($input: AbortTurnInput!) {
    abortTurn(input: $input) {
      session {
        id
        state
      }
      abortedTurn {
        id
        state
        finishedAt
      }
      discardedMessages {
        ...QueuedMessageFields
      }
    }
  }
`);

type QueuedMessage = Flat<QueuedMessageFieldsFragment>;

export const removeQueuedMessage = graphql(`
  mutation RemoveQueuedMessage($input: RemoveQueuedMessageInput!) {
    removeQueuedMessage(input: $input) {
      removedMessage {
        ...QueuedMessageFields
      }
      session {
        queuedMessages {
          id
        }
      }
    }
  }
`);

const readQueue = graphql(`
  query ReadQueue($id: ID!) {
    session(id: $id) {
      queuedMessages {
        ...QueuedMessageFields
      }
    }
  }
`);

export const queueEvents = graphql(`
  subscription QueueEvents($sessionId: ID!) {
    sessionEvents(sessionId: $sessionId, types: [QUEUE_CHANGED, TURN_CHANGED]) {
      __typename
      cursor
      ... on QueueChanged {
        queuedMessages {
          ...QueuedMessageFields
        }
      }
      ... on TurnChanged {
        turn {
          id
          state
        }
      }
    }
  }
`);

/** Sends a message without waiting for the turn. */
export async function send(
  client: Client,
  sessionId: string,
  prompt: string,
): Promise<SentMessage> {
  return (await client.run(sendMessage, { input: { sessionId, prompt } })).sendMessage;
}

/** Sends a message and returns its turn when that has ended. */
export async function ask(client: Client, sessionId: string, prompt: string): Promise<Turn> {
  const { sendMessage: sent } = await client.run(askAndWait, { input: { sessionId, prompt } });
  return sent.finishedTurn;
}

export async function fetchTurn(client: Client, sessionId: string, turnId: string): Promise<Turn> {
  return (await client.run(readTurn, { id: sessionId, turnId })).session.turn;
}

export async function abort(
  client: Client,
  sessionId: string,
  turnId?: string,
): Promise<AbortedTurn> {
  return (await client.run(abortTurn, { input: { sessionId, turnId } })).abortTurn;
}

export async function listQueue(client: Client, id: string): Promise<readonly QueuedMessage[]> {
  return (await client.run(readQueue, { id })).session.queuedMessages;
}

export function toMessageId(turnId: string): string {
  return turnId.slice('turn:'.length);
}

/** Writes a complete response of the model. */
export function writeAnswer(call: HeldCall, text: string): void {
  call.write(text);
  call.finish();
}
