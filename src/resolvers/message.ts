import type { MessageDelivery } from '../copilot/delivery.ts';
import type { SessionSnapshot } from '../copilot/sessions.ts';
import type { Message } from '../events/message.ts';
import type { Turn } from '../events/turn.ts';
import type { Context } from './context.ts';
import { checkClientMessageId, checkPrompt, checkRange } from './input.ts';
import { type Page, type PageArgs, pageOf, pageSize } from './pagination.ts';

export interface SentMessage {
  readonly turn: Turn;
  readonly cursor: string;
}

interface SendMessageInput {
  readonly sessionId: string;
  readonly prompt: string;
  readonly delivery: MessageDelivery;
  readonly clientMessageId?: string | null | undefined;
}

const TIMEOUTS = [1, 600_000] as const;

/** @param waits what `finishedTurn` is selected with: nothing is sent when it cannot be waited for */
export async function sendMessage(
  input: SendMessageInput,
  waits: readonly { readonly timeoutMs?: unknown }[],
  { services }: Context,
): Promise<SentMessage> {
  const { sessionId, prompt, delivery, clientMessageId = null } = input;
  checkPrompt(prompt, services.limits.promptBytes);
  if (clientMessageId !== null) checkClientMessageId(clientMessageId);
  for (const { timeoutMs } of waits) checkRange('timeoutMs', Number(timeoutMs), TIMEOUTS);
  return services.sessions.send(sessionId, { prompt, delivery }, clientMessageId);
}

/** The turn as it is when it has ended, when the time is up, or when the client or the gateway leaves. */
export async function finishedTurn(
  turn: Turn,
  timeoutMs: number,
  { services, signal }: Context,
): Promise<Turn> {
  const { ending } = services.gateway;
  const patience = AbortSignal.any([signal, ending.signal, AbortSignal.timeout(timeoutMs)]);
  return services.reader.endedTurn(turn, patience);
}

export async function listMessages(
  session: SessionSnapshot,
  args: PageArgs,
  { services }: Context,
): Promise<Page<Message>> {
  const size = pageSize(args, { limit: 50, fromEnd: true });
  // The position comes first: what happens between the two reads is then in both, not in neither.
  await session.cursor();
  return pageOf(await services.reader.messages(session.id), args, size);
}
