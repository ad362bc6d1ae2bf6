import type { Client, Operation } from '../clients/transports.ts';
import type { HeldCall } from '../models/scripted-model.ts';
import type { Turn } from './chat.ts';

export interface QueuedMessage {
  readonly id: string;
  readonly prompt: string;
  readonly queuedAt: string;
}

const queued = 'id prompt queuedAt';

export interface AbortedTurn {
  readonly session: { readonly id: string; readonly state: string };
  readonly abortedTurn: Pick<Turn, 'id' | 'state' | 'finishedAt'> | null;
  readonly discardedMessages: readonly QueuedMessage[];
}

export const abortTurn = `mutation ($input: AbortTurnInput!) {
  abortTurn(input: $input) {
    session { id state } abortedTurn { id state finishedAt } discardedMessages { ${queued} }
  }
}` as Operation<{ readonly abortTurn: AbortedTurn }>;

export const removeQueuedMessage = `mutation ($input: RemoveQueuedMessageInput!) {
  removeQueuedMessage(input: $input) {
    removedMessage { ${queued} } session { queuedMessages { id } }
  }
}` as Operation<{
  readonly removeQueuedMessage: {
    readonly removedMessage: QueuedMessage;
    readonly session: { readonly queuedMessages: readonly { readonly id: string }[] };
  };
}>;

const readQueue =
  `query ($id: ID!) { session(id: $id) { queuedMessages { ${queued} } } }` as Operation<{
    readonly session: { readonly queuedMessages: readonly QueuedMessage[] };
  }>;

export async function queueOf(client: Client, id: string): Promise<readonly QueuedMessage[]> {
  return (await client.run(readQueue, { id })).session.queuedMessages;
}

export async function abort(
  client: Client,
  sessionId: string,
  turnId?: string,
): Promise<AbortedTurn> {
  return (await client.run(abortTurn, { input: { sessionId, turnId } })).abortTurn;
}

export interface QueueEvent {
  readonly __typename: string;
  readonly cursor: string;
  readonly queuedMessages?: readonly QueuedMessage[];
  readonly turn?: { readonly id: string; readonly state: string };
}

export const queueEvents = `subscription ($sessionId: ID!) {
  sessionEvents(sessionId: $sessionId, types: [QUEUE_CHANGED, TURN_CHANGED]) {
    __typename cursor
    ... on QueueChanged { queuedMessages { ${queued} } }
    ... on TurnChanged { turn { id state } }
  }
}` as Operation<{ readonly sessionEvents: QueueEvent }>;

export function messageIdOf(turnId: string): string {
  return turnId.slice('turn:'.length);
}

/** The whole answer. */
export function answer(call: HeldCall, text: string): void {
  call.write(text);
  call.finish();
}
