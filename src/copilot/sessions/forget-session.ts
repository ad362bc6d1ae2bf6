import type { SessionServices } from '../services.ts';
import type { OpenSessions } from './open-sessions.ts';
import type { SessionChanges } from './session-changes.ts';

interface ForgetOptions extends Pick<
  SessionServices,
  'directory' | 'workspaces' | 'gitHubTokens' | 'ownProviders'
> {
  readonly open: OpenSessions;
  readonly changes: SessionChanges;
}

/**
 * Of a session that the runtime no longer has.
 * @param at when it was deleted: one that was made later under the same name stays
 */
export async function forgetSession(id: string, at: Date, options: ForgetOptions): Promise<void> {
  const { directory, workspaces, gitHubTokens, ownProviders, open, changes } = options;
  const record = await directory.find(id);
  if (record && record.createdAt > at) return;
  open.get(id)?.deleted();
  open.drop(id);
  gitHubTokens.give(id, undefined);
  ownProviders.give(id, undefined);
  if (record) await workspaces.remove(record);
  if (record && (await directory.remove(id))) changes.deleted(record);
}
