import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import type { Context } from './context.ts';
import { checkGitHubToken } from './input.ts';
import { ownedSession } from './ownership.ts';

export async function updateSessionCredentials(
  { sessionId, gitHubToken }: { readonly sessionId: string; readonly gitHubToken: string },
  context: Context,
): Promise<{ session: SessionSnapshot }> {
  checkGitHubToken(gitHubToken);
  const id = await ownedSession(sessionId, context);
  return { session: await context.services.sessions.updateCredentials(id, gitHubToken) };
}
