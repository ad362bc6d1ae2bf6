import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import type { Subagent } from '../events/subagent.ts';
import type { Context } from './context.ts';
import { requireOwner } from './ownership.ts';

export async function listSubagents(
  session: SessionSnapshot,
  context: Context,
): Promise<Subagent[]> {
  return context.services.reader.listSubagents(requireOwner(session, context));
}
