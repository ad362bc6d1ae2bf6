import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import type { Context } from './context.ts';
import { validateTitle } from './input.ts';
import { requireOwnedSession } from './ownership.ts';
import { createWithinLimits } from './session-limit.ts';

interface ForkSessionInput {
  readonly sessionId: string;
  readonly beforeMessageId?: string | null | undefined;
  readonly title?: string | null | undefined;
}

export async function forkSession(
  { sessionId, beforeMessageId = null, title = null }: ForkSessionInput,
  context: Context,
): Promise<{ session: SessionSnapshot }> {
  if (title !== null) validateTitle(title);
  const id = await requireOwnedSession(sessionId, context);
  const { sessions } = context.services;
  const fork = () => sessions.fork(id, { beforeMessageId, title });
  return { session: await createWithinLimits(context, fork) };
}
