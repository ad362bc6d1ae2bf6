import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import type { SessionUsage } from '../events/usage.ts';
import type { Context } from './context.ts';
import { contentOf } from './ownership.ts';

export async function sessionUsage(
  session: SessionSnapshot,
  context: Context,
): Promise<SessionUsage> {
  return context.services.reader.usage(contentOf(session, context));
}
