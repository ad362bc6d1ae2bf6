import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import type { SessionUpdate } from '../copilot/sessions/update-session.ts';
import type { Context } from './context.ts';
import { badInput, checkLabels, checkTitle } from './input.ts';
import { ownedSession } from './ownership.ts';

interface UpdateSessionInput extends SessionUpdate {
  readonly sessionId: string;
}

export async function updateSession(
  { sessionId, ...update }: UpdateSessionInput,
  context: Context,
): Promise<{ session: SessionSnapshot }> {
  if (update.model === '') throw badInput('model', 'must not be empty');
  if (update.title != null) checkTitle(update.title);
  checkLabels(update.labels ?? []);
  const id = await ownedSession(sessionId, context);
  return { session: await context.services.sessions.update(id, update) };
}
