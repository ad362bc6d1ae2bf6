import { GatewayError } from '../../errors/gateway-error.ts';
import type { AttachOptions } from '../link/open-sdk-session.ts';
import { checkTokenAllowed } from '../profiles/github-tokens.ts';
import { requireSessionProfile } from '../profiles/profiles.ts';
import type { SessionServices } from '../services.ts';
import type { Session } from '../session/session.ts';

type Services = Pick<SessionServices, 'store' | 'profiles' | 'gitHubTokens'>;

interface Credentials extends AttachOptions {
  readonly gitHubToken: string;
}

/**
 * Makes the session use this token, also for turns that are queued already.
 *
 * @throws {GatewayError} GITHUB_AUTH_REQUIRED when GitHub rejects the token, BAD_USER_INPUT: then nothing has changed
 */
export async function updateCredentials(
  session: Session,
  { gitHubToken, ...attachOptions }: Credentials,
  { store, profiles, gitHubTokens }: Services,
): Promise<void> {
  // Read now: a failure restores these values, which may have changed since the operation began.
  const record = await store.find(session.id);
  if (!record) return;
  if (record.location === 'local') checkTokenAllowed(requireSessionProfile(record, profiles));
  // A shared session stays shared with the account that it has had.
  if (record.remoteMode !== 'off' && record.gitHubAccount === 'server') {
    throw new GatewayError(
      'BAD_USER_INPUT',
      'gitHubToken: cannot be set while the session is shared; call setSessionRemote first',
    );
  }
  const before = gitHubTokens.set(session.id, gitHubToken);
  await store.update(session.id, { gitHubAccount: 'session' });
  try {
    await session.attach(attachOptions);
  } catch (error) {
    gitHubTokens.set(session.id, before);
    await store.update(session.id, { gitHubAccount: record.gitHubAccount });
    throw error;
  }
}
