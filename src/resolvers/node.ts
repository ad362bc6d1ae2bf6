import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import type { Context } from './context.ts';
import { findVisibleSession } from './ownership.ts';
import { getStatus, type Status, STATUS_ID } from './status.ts';

export async function findNode(
  id: string,
  context: Context,
): Promise<SessionSnapshot | Status | null> {
  return id === STATUS_ID ? getStatus(context) : findVisibleSession(id, context);
}
