import type { RemoteMode } from '../../store/session-store.ts';
import { checkSharing } from '../link/sharing.ts';
import type { SessionServices } from '../services.ts';
import type { SessionInUse } from './open-sessions.ts';

/**
 * Shares the session in this mode, also after restarts; `off` ends it.
 *
 * @throws {GatewayError} GITHUB_AUTH_REQUIRED, POLICY_BLOCKED, NOT_SUPPORTED, BAD_USER_INPUT: then nothing has changed,
 *   except that a session that was `on` and cannot become `export` is `off`
 */
export async function setRemoteMode(
  inUse: SessionInUse,
  remoteMode: RemoteMode,
  services: Pick<SessionServices, 'store' | 'profiles' | 'runtime'>,
): Promise<void> {
  const { session, record } = inUse;
  if (remoteMode !== 'off' || record.location === 'cloud') checkSharing(record, services);
  // Without this step, a session that can be steered from GitHub would stay so.
  if (remoteMode === 'export' && record.remoteMode === 'on') {
    await setRemoteMode(inUse, 'off', services);
  }
  const shared = await session.applyRemoteMode(remoteMode, record);
  await services.store.update(session.id, { remoteMode, ...shared });
}
