import type { SessionServices } from '../services.ts';
import type { OpenSessions } from './open-sessions.ts';
import type { SessionChanges } from './session-changes.ts';

interface ForgetOptions extends Pick<
  SessionServices,
  'store' | 'workspaces' | 'gitHubTokens' | 'providerKeys'
> {
  readonly open: OpenSessions;
  readonly changes: SessionChanges;
}

/**
 * Of a session that the runtime no longer has.
 * @param at when it was deleted: one that was made later under the same name stays
 */
export async function forgetSession(id: string, at: Date, options: ForgetOptions): Promise<void> {
  const { store, workspaces, gitHubTokens, providerKeys, open, changes } = options;
  const record = await store.find(id);
  if (record && record.createdAt > at) return;
  open.find(id)?.handleDeleted();
  open.drop(id);
  gitHubTokens.setSessionToken(id, undefined);
  providerKeys.set(id, undefined);
  if (record) await workspaces.removeDirectory(record);
  if (record && (await store.remove(id))) changes.emitDeleted(record);
}
