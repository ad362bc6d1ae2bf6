import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import type { Context } from './context.ts';
import { checkTitle } from './input.ts';
import { ownedSession } from './ownership.ts';
import { makeWithinLimit } from './session-limit.ts';

interface ForkSessionInput {
  readonly sessionId: string;
  readonly beforeMessageId?: string | null | undefined;
  readonly title?: string | null | undefined;
}

export async function forkSession(
  { sessionId, beforeMessageId = null, title = null }: ForkSessionInput,
  context: Context,
): Promise<{ session: SessionSnapshot }> {
  if (title !== null) checkTitle(title);
  const id = await ownedSession(sessionId, context);
  const { sessions } = context.services;
  const make = () => sessions.fork(id, { beforeMessageId, title });
  return { session: await makeWithinLimit(context, make) };
}
