import { deleteRuntimeSession } from '../runtime/runtime.ts';
import type { SessionServices } from '../services.ts';
import type { OpenSessions } from './open-sessions.ts';

export interface ExpiryRule {
  /** Since then it must not have been active. */
  readonly before: Date;
  /** Only look. */
  readonly dryRun: boolean;
}

export interface ExpireOptions extends Pick<SessionServices, 'store' | 'runtime'> {
  readonly open: OpenSessions;
  /** Not yet there for anybody. */
  readonly creating: ReadonlySet<string>;
  readonly forget: (id: string) => Promise<void>;
}

/**
 * Deletes a session that is not used any more.
 * @returns false, and it stays: somebody needs it, or it was active
 * @throws whatever the runtime fails with
 */
export async function expireSession(
  id: string,
  { before, dryRun }: ExpiryRule,
  options: ExpireOptions,
): Promise<boolean> {
  const { store, runtime, open, creating, forget } = options;
  if (creating.has(id)) return false;
  const expired = await open.runIfUnneeded(id, async () => {
    const record = await store.find(id);
    if (!record || record.updatedAt > before) return false;
    if (await wasActive(id, before, options)) return false;
    if (dryRun) return true;
    await deleteRuntimeSession(id, runtime);
    await forget(id);
    return true;
  });
  return expired ?? false;
}

/** What the directory need not know: others use the same runtime, and announce it to nobody. */
async function wasActive(
  id: string,
  since: Date,
  { runtime }: Pick<ExpireOptions, 'runtime'>,
): Promise<boolean> {
  const found = await runtime.call((client) => client.getSessionMetadata(id));
  return found !== undefined && found.modifiedTime > since;
}
