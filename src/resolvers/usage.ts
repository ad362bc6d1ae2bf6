import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import type { SessionUsage } from '../events/usage.ts';
import type { Context } from './context.ts';
import { requireOwner } from './ownership.ts';

export async function readSessionUsage(
  session: SessionSnapshot,
  context: Context,
): Promise<SessionUsage> {
  return context.services.reader.readUsage(requireOwner(session, context));
}
