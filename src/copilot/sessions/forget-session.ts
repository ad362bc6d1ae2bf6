import type { SessionRecord } from '../../store/session-store.ts';
import type { UseCaseServices } from './use-case-services.ts';

/**
 * Removes a session that the runtime no longer has.
 *
 * @param at when it was deleted; a session that was created later with the same id stays
 */
export async function forgetSession(
  id: string,
  at: Date,
  services: UseCaseServices,
): Promise<void> {
  const { store, openSessions, changes } = services;
  const record = await store.find(id);
  if (record && record.createdAt > at) return;
  openSessions.find(id)?.handleDeleted();
  const data = record ?? { id, workingDirectory: 'runtime' };
  if ((await removeSessionData(data, services)) && record) changes.emitDeleted(record);
}

/**
 * Removes everything that the gateway has of a session: its object, its secrets, its own working directory and its
 * record.
 *
 * @returns false when there was no record
 */
export async function removeSessionData(
  session: Pick<SessionRecord, 'id' | 'workingDirectory'>,
  { store, openSessions, gitHubTokens, providerKeys, workspaces }: UseCaseServices,
): Promise<boolean> {
  openSessions.drop(session.id);
  gitHubTokens.set(session.id, undefined);
  providerKeys.set(session.id, undefined);
  await workspaces.removeDirectory(session);
  return store.remove(session.id);
}
