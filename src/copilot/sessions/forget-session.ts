import type { SessionRecord } from '../../store/session-store.ts';
import type { UseCaseServices } from './use-case-services.ts';

/**
 * Removes a session that the runtime no longer has. Removals of one session run in sequence: a client that deletes a
 * session may create another one with the same id at once, which must not meet the removal that the runtime's report of
 * the same deletion started.
 *
 * @param at when it was deleted; a session that was created later with the same id stays
 */
export async function forgetSession(
  id: string,
  at: Date,
  services: UseCaseServices,
): Promise<void> {
  const { removals } = services;
  const removal = (removals.get(id) ?? Promise.resolve())
    .catch(() => undefined)
    .then(() => forgetNow(id, at, services));
  removals.set(id, removal);
  try {
    await removal;
  } finally {
    if (removals.get(id) === removal) removals.delete(id);
  }
}

async function forgetNow(id: string, at: Date, services: UseCaseServices): Promise<void> {
  const { store, openSessions, changes } = services;
  const record = await store.find(id);
  if (record && record.createdAt > at) return;
  openSessions.find(id)?.handleDeleted();
  // Without a record nothing is removed from the store: a session with the same id may be created meanwhile.
  if (!record) releaseSession(id, services);
  else if (await removeSessionData(record, services)) changes.emitDeleted(record);
}

/**
 * Removes everything that the gateway has of a session: its object, its secrets, its own working directory and its
 * record.
 *
 * @returns false when there was no record
 */
export async function removeSessionData(
  session: Pick<SessionRecord, 'id' | 'workingDirectory'>,
  services: UseCaseServices,
): Promise<boolean> {
  releaseSession(session.id, services);
  await services.workspaces.removeDirectory(session);
  return services.store.remove(session.id);
}

function releaseSession(
  id: string,
  { openSessions, gitHubTokens, providerKeys }: UseCaseServices,
): void {
  openSessions.drop(id);
  gitHubTokens.set(id, undefined);
  providerKeys.set(id, undefined);
}
