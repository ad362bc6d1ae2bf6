import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import type { RemoteMode } from '../store/session-directory.ts';
import type { Context } from './context.ts';
import { requireOwnedSession } from './ownership.ts';

export async function setSessionRemote(
  { sessionId, mode }: { readonly sessionId: string; readonly mode: RemoteMode },
  context: Context,
): Promise<{ session: SessionSnapshot }> {
  const id = await requireOwnedSession(sessionId, context);
  return { session: await context.services.sessions.setRemoteMode(id, mode) };
}
