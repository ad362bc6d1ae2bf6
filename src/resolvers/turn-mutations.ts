import type { SessionSnapshot } from '../copilot/sessions.ts';
import type { QueuedMessage } from '../events/message.ts';
import type { Turn } from '../events/turn.ts';
import type { Context } from './context.ts';
import { findTurn } from './turn.ts';

export interface AbortedTurn {
  readonly session: SessionSnapshot;
  readonly abortedTurn: Turn | null;
  readonly discardedMessages: readonly QueuedMessage[];
}

export interface RemovedMessage {
  readonly session: SessionSnapshot;
  readonly removedMessage: QueuedMessage;
}

/** @throws Failure TURN_NOT_FOUND */
export async function abortTurn(
  { sessionId, turnId }: { sessionId: string; turnId?: string | null | undefined },
  context: Context,
): Promise<AbortedTurn> {
  const { sessions } = context.services;
  const turn =
    turnId == null ? null : await findTurn(await sessions.snapshot(sessionId), turnId, context);
  const aborted = await sessions.abort(sessionId, turn?.messageId ?? null);
  return {
    session: await sessions.snapshot(sessionId),
    abortedTurn: aborted.turn,
    discardedMessages: aborted.discarded,
  };
}

/** @throws Failure TURN_NOT_FOUND */
export async function removeQueuedMessage(
  { sessionId, messageId }: { sessionId: string; messageId: string },
  { services }: Context,
): Promise<RemovedMessage> {
  const removedMessage = await services.sessions.removeQueued(sessionId, messageId);
  return { removedMessage, session: await services.sessions.snapshot(sessionId) };
}
