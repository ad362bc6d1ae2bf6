import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import type { SessionUpdate } from '../copilot/sessions/update-session.ts';
import type { Context } from './context.ts';
import { createInputError, validateLabels, validateTitle } from './input.ts';
import { requireOwnedSession } from './ownership.ts';

interface UpdateSessionInput extends SessionUpdate {
  readonly sessionId: string;
}

export async function updateSession(
  { sessionId, ...update }: UpdateSessionInput,
  context: Context,
): Promise<{ session: SessionSnapshot }> {
  if (update.model === '') throw createInputError('model', 'must not be empty');
  if (update.title != null) validateTitle(update.title);
  validateLabels(update.labels ?? []);
  const id = await requireOwnedSession(sessionId, context);
  return { session: await context.services.sessions.update(id, update) };
}
