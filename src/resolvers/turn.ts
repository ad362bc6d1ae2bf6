import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { parseTurnId } from '../events/ids.ts';
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

/** @throws Failure TURN_NOT_FOUND */
export async function requireTurn(
  session: SessionSnapshot,
  id: string,
  context: Context,
): Promise<Turn> {
  const { reader } = context.services;
  const sessionId = requireOwner(session, context);
  const messageId = parseTurnId(id);
  const turn = messageId === undefined ? undefined : await reader.findTurn(sessionId, messageId);
  if (!turn) throw new GatewayError('TURN_NOT_FOUND', 'id: there is no such turn in this session.');
  return turn;
}

/** Of a turn that is no longer in memory, the reply is in the history. */
export async function findReply(turn: Turn, context: Context): Promise<AssistantMessage | null> {
  if (turn.reply || turn.replyId === null) return turn.reply;
  const reply = await findMessage(getTurnSessionId(turn), turn.replyId, context);
  return reply?.kind === 'assistant' ? reply : null;
}
