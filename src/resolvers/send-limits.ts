import type { OutgoingMessage } from '../copilot/sending/delivery.ts';
import type { Turn } from '../events/turn.ts';
import type { Context } from './context.ts';
import type { SessionId } from './ids.ts';

interface SendResult {
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
  { context, send }: { readonly context: Context; readonly send: () => Promise<SendResult> },
): Promise<SendResult> {
  const { admission } = context.services;
  const release = startsTurn(id, message, context) ? admission.turns.acquire(context) : () => undefined;
  try {
    const refund = await admission.promptBytes.consume(context, countBytes(message));
    const sent = await send().catch(async (error: unknown) => {
      await refund();
      throw error;
    });
    admission.turnSlots.holdUntilTurnEnds(sent.turn.messageId, { release, ended: waitForTurnEnd(sent.turn, context) });
    return sent;
  } catch (error) {
    release();
    throw error;
  }
}

/** What steers a turn starts none. */
function startsTurn(id: SessionId, { delivery }: OutgoingMessage, { services }: Context): boolean {
  return delivery !== 'IMMEDIATE' || services.reader.findCurrentTurn(id) === undefined;
}

function countBytes({ prompt, attachments }: OutgoingMessage): number {
  const attached = attachments.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return Buffer.byteLength(prompt) + attached;
}

async function waitForTurnEnd(turn: Turn, { services }: Context): Promise<void> {
  await services.reader.waitForTurnEnd(turn, services.gateway.drainController.signal);
}
