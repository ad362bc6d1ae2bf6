import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { parseTurnId, type SessionId } from '../events/ids.ts';
import type { AssistantMessage, QueuedMessage } from '../events/message.ts';
import type { Turn } from '../events/turn.ts';
import type { Context } from './context.ts';
import { findMessage } from './message.ts';
import { getTurnSessionId, requireOwner } from './ownership.ts';

export function findCurrentTurn(session: SessionSnapshot, context: Context): Turn | null {
  return context.services.reader.findCurrentTurn(requireOwner(session, context)) ?? null;
}

export function listQueuedMessages(
  session: SessionSnapshot,
  context: Context,
): Promise<readonly QueuedMessage[]> {
  return context.services.reader.listQueuedMessages(requireOwner(session, context));
}

/** @throws {GatewayError} TURN_NOT_FOUND if the session has no turn with this id */
export async function requireTurn(
  sessionId: SessionId,
  id: string,
  { services }: Context,
): Promise<Turn> {
  const messageId = parseTurnId(id);
  const turn =
    messageId === undefined ? undefined : await services.reader.findTurn(sessionId, messageId);
  if (!turn) throw new GatewayError('TURN_NOT_FOUND', 'The session has no turn with this id.');
  return turn;
}

/** Returns the reply of a turn; that of a turn which is no longer in memory is read from the history. */
export async function findReply(turn: Turn, context: Context): Promise<AssistantMessage | null> {
  if (turn.reply || turn.replyId === null) return turn.reply;
  const reply = await findMessage(getTurnSessionId(turn), turn.replyId, context);
  return reply?.kind === 'assistant' ? reply : null;
}
