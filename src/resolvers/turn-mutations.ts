import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import type { QueuedMessage } from '../events/message.ts';
import type { Turn } from '../events/turn.ts';
import type { Context } from './context.ts';
import { requireOwnedSession } from './ownership.ts';
import { requireTurn } from './turn.ts';

export interface AbortTurnResult {
  readonly session: SessionSnapshot;
  readonly abortedTurn: Turn | null;
  readonly discardedMessages: readonly QueuedMessage[];
}

export interface RemoveQueuedMessageResult {
  readonly session: SessionSnapshot;
  readonly removedMessage: QueuedMessage;
}

/** @throws {GatewayError} TURN_NOT_FOUND if `turnId` is not a turn of the session */
export async function abortTurn(
  { sessionId, turnId }: { sessionId: string; turnId?: string | null | undefined },
  context: Context,
): Promise<AbortTurnResult> {
  const { sessions } = context.services;
  const owned = await requireOwnedSession(sessionId, context);
  const turn = turnId == null ? null : await requireTurn(owned.id, turnId, context);
  const aborted = await sessions.abort(owned, turn?.messageId ?? null);
  return {
    session: await sessions.requireSnapshot(owned.id),
    abortedTurn: aborted.turn,
    discardedMessages: aborted.discarded,
  };
}

/** @throws {GatewayError} TURN_NOT_FOUND if the message is not in the queue */
export async function removeQueuedMessage(
  { sessionId, messageId }: { sessionId: string; messageId: string },
  context: Context,
): Promise<RemoveQueuedMessageResult> {
  const { sessions } = context.services;
  const owned = await requireOwnedSession(sessionId, context);
  const removedMessage = await sessions.removeQueued(owned, messageId);
  return { removedMessage, session: await sessions.requireSnapshot(owned.id) };
}
