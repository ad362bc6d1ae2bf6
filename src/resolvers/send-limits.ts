import type { OutgoingMessage } from '../copilot/sending/delivery.ts';
import type { Turn } from '../events/turn.ts';
import type { Context } from './context.ts';
import type { SessionId } from './ids.ts';

interface Sent {
  readonly turn: Turn;
  readonly cursor: string;
}

/**
 * Sends what the caller may send. The slot of a turn is kept until the turn has ended.
 * @throws Failure RATE_LIMITED, and LIMIT_EXCEEDED for more than ever fits: then nothing was sent
 */
export async function sendWithinLimits(
  id: SessionId,
  message: OutgoingMessage,
  { context, send }: { readonly context: Context; readonly send: () => Promise<Sent> },
): Promise<Sent> {
  const { admission } = context.services;
  const leave = startsTurn(id, message, context) ? admission.turns.take(context) : () => undefined;
  try {
    const takeBack = await admission.promptBytes.use(context, bytesOf(message));
    const sent = await send().catch(async (error: unknown) => {
      await takeBack();
      throw error;
    });
    admission.openTurns.hold(sent.turn.messageId, { leave, ended: ended(sent.turn, context) });
    return sent;
  } catch (error) {
    leave();
    throw error;
  }
}

/** What steers a turn starts none. */
function startsTurn(id: SessionId, { delivery }: OutgoingMessage, { services }: Context): boolean {
  return delivery !== 'IMMEDIATE' || services.reader.currentTurn(id) === undefined;
}

function bytesOf({ prompt, attachments }: OutgoingMessage): number {
  const attached = attachments.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return Buffer.byteLength(prompt) + attached;
}

async function ended(turn: Turn, { services }: Context): Promise<void> {
  await services.reader.endedTurn(turn, services.gateway.ending.signal);
}
