import type { SessionSnapshot } from '../copilot/sessions.ts';
import type { Context } from './context.ts';
import { checkTitle } from './input.ts';

interface ForkSessionInput {
  readonly sessionId: string;
  readonly beforeMessageId?: string | null | undefined;
  readonly title?: string | null | undefined;
}

export async function forkSession(
  { sessionId, beforeMessageId = null, title = null }: ForkSessionInput,
  { services }: Context,
): Promise<{ session: SessionSnapshot }> {
  if (title !== null) checkTitle(title);
  return { session: await services.sessions.fork(sessionId, { beforeMessageId, title }) };
}
