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
 * The session uses this token from now on, also for a turn that is queued already.
 * @throws Failure GITHUB_AUTH_REQUIRED when GitHub refuses it, BAD_USER_INPUT: then nothing has changed
 */
export async function updateCredentials(
  session: Session,
  { gitHubToken, ...attachOptions }: Credentials,
  { store, profiles, gitHubTokens }: Services,
): Promise<void> {
  const record = await store.find(session.id);
  if (!record) return;
  if (record.location === 'local') checkTokenAllowed(requireSessionProfile(record, profiles));
  // It is shared with the account that it has had.
  if (record.remoteMode !== 'off' && record.gitHubAccount === 'server') {
    throw new GatewayError(
      'BAD_USER_INPUT',
      'gitHubToken: the session is shared; call setSessionRemote',
    );
  }
  const before = gitHubTokens.setSessionToken(session.id, gitHubToken);
  await store.update(session.id, { gitHubAccount: 'session' });
  try {
    await session.attach(attachOptions);
  } catch (error) {
    gitHubTokens.setSessionToken(session.id, before);
    await store.update(session.id, { gitHubAccount: record.gitHubAccount });
    throw error;
  }
}
