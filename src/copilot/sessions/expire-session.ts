import { deleteRuntimeSession } from '../runtime/runtime.ts';
import { forgetSession } from './forget-session.ts';
import type { UseCaseServices } from './use-case-services.ts';

export interface ExpiryRule {
  /** Sessions that were active since then stay. */
  readonly before: Date;
  /** Nothing is deleted. */
  readonly dryRun: boolean;
}

/**
 * Deletes a session that is no longer used.
 *
 * @returns false when the session stays, because it is needed or was active
 * @throws whatever the runtime fails with
 */
export async function expireSession(
  id: string,
  { before, dryRun }: ExpiryRule,
  services: UseCaseServices,
): Promise<boolean> {
  const { store, runtime, openSessions, creatingIds } = services;
  if (creatingIds.has(id)) return false;
  const expired = await openSessions.runIfUnneeded(id, async () => {
    const record = await store.find(id);
    if (!record || record.updatedAt > before) return false;
    if (await wasActive(id, before, services)) return false;
    if (dryRun) return true;
    await deleteRuntimeSession(id, runtime);
    await forgetSession(id, new Date(), services);
    return true;
  });
  return expired ?? false;
}

/** Asks the runtime: activity of its other clients is not in the store. */
async function wasActive(id: string, since: Date, { runtime }: UseCaseServices): Promise<boolean> {
  const found = await runtime.call((client) => client.getSessionMetadata(id));
  return found !== undefined && found.modifiedTime > since;
}
