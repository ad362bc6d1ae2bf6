import type { SessionSnapshot } from '../copilot/sessions.ts';
import { Failure } from '../events/failure.ts';
import type { AssistantMessage, QueuedMessage } from '../events/message.ts';
import type { Turn } from '../events/turn.ts';
import type { Context } from './context.ts';
import { messageIdOfTurn } from './ids.ts';
import { findMessage } from './message.ts';

export function currentTurn(session: SessionSnapshot, { services }: Context): Turn | null {
  return services.reader.currentTurn(session.id) ?? null;
}

export function queuedMessages(
  session: SessionSnapshot,
  { services }: Context,
): Promise<readonly QueuedMessage[]> {
  return services.reader.queuedMessages(session.id);
}

/** @throws Failure TURN_NOT_FOUND */
export async function findTurn(
  session: SessionSnapshot,
  id: string,
  { services }: Context,
): Promise<Turn> {
  const messageId = messageIdOfTurn(id);
  const turn =
    messageId === undefined ? undefined : await services.reader.turn(session.id, messageId);
  if (!turn) throw new Failure('TURN_NOT_FOUND', 'id: there is no such turn in this session.');
  return turn;
}

/** Of a turn that is no longer in memory, the reply is in the history. */
export async function replyOf(turn: Turn, context: Context): Promise<AssistantMessage | null> {
  if (turn.reply || turn.replyId === null) return turn.reply;
  const reply = await findMessage(turn.sessionId, turn.replyId, context);
  return reply?.kind === 'assistant' ? reply : null;
}
