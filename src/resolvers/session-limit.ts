import { GatewayError } from '../errors/gateway-error.ts';
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
