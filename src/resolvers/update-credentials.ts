import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import type { Context } from './context.ts';
import { validateGitHubToken } from './input.ts';
import { requireOwnedSession } from './ownership.ts';

export async function updateSessionCredentials(
  { sessionId, gitHubToken }: { readonly sessionId: string; readonly gitHubToken: string },
  context: Context,
): Promise<{ session: SessionSnapshot }> {
  validateGitHubToken(gitHubToken);
  const id = await requireOwnedSession(sessionId, context);
  return { session: await context.services.sessions.updateCredentials(id, gitHubToken) };
}
