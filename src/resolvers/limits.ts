import type { OutgoingMessage } from '../copilot/sending/delivery.ts';
import type { SendOutcome } from '../copilot/sending/idempotent-sender.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { SessionId } from '../events/ids.ts';
import type { Turn } from '../events/turn.ts';
import type { Context } from './context.ts';

/**
 * Creates a session if the viewer and their IP address may create one more.
 *
 * @throws {GatewayError} RATE_LIMITED or LIMIT_EXCEEDED, before `create` was called
 */
export async function createWithinLimits<T>(
  context: Context,
  create: () => Promise<T>,
): Promise<T> {
  const refund = await context.services.admission.sessionCreations.consume(context);
  try {
    return await createWithinSessionLimit(context, create);
  } catch (error) {
    await refund();
    throw error;
  }
}

/** Counts sessions that are being created as well, so that concurrent calls cannot exceed the limit; one that would fit may fail. */
async function createWithinSessionLimit<T>(context: Context, create: () => Promise<T>): Promise<T> {
  const { admission, sessions } = context.services;
  const { viewer } = context;
  const limit = admission.limits.sessionsPerViewer;
  if (limit === null) return create();
  const { others, release } = admission.sessionsBeingCreated.track(viewer.id);
  try {
    const { totalCount } = await sessions.listSnapshots({ owner: viewer.owner }, { limit: 1 });
    if (totalCount + others < limit) return await create();
    throw new GatewayError(
      'LIMIT_EXCEEDED',
      `Too many sessions (limit: ${limit}); delete some first.`,
    );
  } finally {
    release();
  }
}

/**
 * Sends a message if the viewer and their IP address may send it. The slot of the turn is held until the turn ends.
 *
 * @throws {GatewayError} RATE_LIMITED, or LIMIT_EXCEEDED for a message that is larger than the limit of a whole
 * minute; nothing was sent
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

/** A message that steers the running turn does not start one. */
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
