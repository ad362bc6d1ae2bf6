import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import { Failure } from '../errors/gateway-error.ts';
import type { AssistantMessage, QueuedMessage } from '../events/message.ts';
import type { Turn } from '../events/turn.ts';
import type { Context } from './context.ts';
import { messageIdOfTurn } from './ids.ts';
import { findMessage } from './message.ts';
import { contentOf, sessionOf } from './ownership.ts';

export function currentTurn(session: SessionSnapshot, context: Context): Turn | null {
  return context.services.reader.currentTurn(contentOf(session, context)) ?? null;
}

export function queuedMessages(
  session: SessionSnapshot,
  context: Context,
): Promise<readonly QueuedMessage[]> {
  return context.services.reader.queuedMessages(contentOf(session, context));
}

/** @throws Failure TURN_NOT_FOUND */
export async function findTurn(
  session: SessionSnapshot,
  id: string,
  context: Context,
): Promise<Turn> {
  const { reader } = context.services;
  const sessionId = contentOf(session, context);
  const messageId = messageIdOfTurn(id);
  const turn = messageId === undefined ? undefined : await reader.turn(sessionId, messageId);
  if (!turn) throw new Failure('TURN_NOT_FOUND', 'id: there is no such turn in this session.');
  return turn;
}

/** Of a turn that is no longer in memory, the reply is in the history. */
export async function replyOf(turn: Turn, context: Context): Promise<AssistantMessage | null> {
  if (turn.reply || turn.replyId === null) return turn.reply;
  const reply = await findMessage(sessionOf(turn), turn.replyId, context);
  return reply?.kind === 'assistant' ? reply : null;
}
