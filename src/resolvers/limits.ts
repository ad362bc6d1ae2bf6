import type { OutgoingMessage } from '../copilot/sending/delivery.ts';
import type { SendOutcome } from '../copilot/sending/idempotent-sender.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { SessionId } from '../events/ids.ts';
import type { Turn } from '../events/turn.ts';
import type { Context } from './context.ts';

/**
 * Makes a session when the viewer may have one more, and may make one from this address.
 * @throws Failure RATE_LIMITED, LIMIT_EXCEEDED: then none was made
 */
export async function createWithinLimits<T>(context: Context, make: () => Promise<T>): Promise<T> {
  const takeBack = await context.services.admission.sessionCreations.consume(context);
  try {
    return await createWithinSessionLimit(context, make);
  } catch (error) {
    await takeBack();
    throw error;
  }
}

/** Those that are being made count, too: of several at once, one may be refused though it would have fitted. */
async function createWithinSessionLimit<T>(context: Context, make: () => Promise<T>): Promise<T> {
  const { admission, sessions } = context.services;
  const { viewer } = context;
  const limit = admission.limits.sessionsPerViewer;
  if (limit === null) return make();
  const { others, leave } = admission.sessionsBeingCreated.track(viewer.id);
  try {
    const { totalCount } = await sessions.listSnapshots({ owner: viewer.owner }, { limit: 1 });
    if (totalCount + others < limit) return await make();
    throw new GatewayError(
      'LIMIT_EXCEEDED',
      `There are too many sessions: at most ${limit}. Delete some first.`,
    );
  } finally {
    leave();
  }
}

/**
 * Sends what the caller may send. The slot of a turn is kept until the turn has ended.
 * @throws Failure RATE_LIMITED, and LIMIT_EXCEEDED for more than ever fits: then nothing was sent
 */
export async function sendWithinLimits(
  id: SessionId,
  message: OutgoingMessage,
  { context, send }: { readonly context: Context; readonly send: () => Promise<SendOutcome> },
): Promise<SendOutcome> {
  const { admission } = context.services;
  const release = startsTurn(id, message, context)
    ? admission.turns.acquire(context)
    : () => undefined;
  try {
    const refund = await admission.promptBytes.consume(context, countBytes(message));
    const sent = await send().catch(async (error: unknown) => {
      await refund();
      throw error;
    });
    admission.turnSlots.holdUntilTurnEnds(sent.turn.messageId, {
      release,
      ended: waitForTurnEnd(sent.turn, context),
    });
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
