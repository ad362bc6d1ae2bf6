import type { SessionSnapshot } from '../copilot/sessions.ts';
import type { SessionUpdate } from '../copilot/update-session.ts';
import type { Context } from './context.ts';
import { badInput, checkLabels, checkTitle } from './input.ts';

interface UpdateSessionInput extends SessionUpdate {
  readonly sessionId: string;
}

export async function updateSession(
  { sessionId, ...update }: UpdateSessionInput,
  { services }: Context,
): Promise<{ session: SessionSnapshot }> {
  if (update.model === '') throw badInput('model', 'must not be empty');
  if (update.title != null) checkTitle(update.title);
  checkLabels(update.labels ?? []);
  return { session: await services.sessions.update(sessionId, update) };
}
