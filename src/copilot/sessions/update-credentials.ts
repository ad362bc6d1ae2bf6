import { Failure } from '../../errors/gateway-error.ts';
import type { AttachOptions } from '../link/open-session.ts';
import { refuseTokenBesideProvider } from '../profiles/github-tokens.ts';
import { profileOfSession } from '../profiles/profiles.ts';
import type { SessionServices } from '../services.ts';
import type { Session } from '../session/session.ts';

type Services = Pick<SessionServices, 'directory' | 'profiles' | 'gitHubTokens'>;

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
  { directory, profiles, gitHubTokens }: Services,
): Promise<void> {
  const record = await directory.find(session.id);
  if (!record) return;
  if (record.location === 'local') refuseTokenBesideProvider(profileOfSession(record, profiles));
  // It is shared with the account that it has had.
  if (record.remoteMode !== 'off' && record.gitHubAccount === 'server') {
    throw new Failure(
      'BAD_USER_INPUT',
      'gitHubToken: the session is shared; call setSessionRemote',
    );
  }
  const before = gitHubTokens.give(session.id, gitHubToken);
  await directory.update(session.id, { gitHubAccount: 'session' });
  try {
    await session.attach(attachOptions);
  } catch (error) {
    gitHubTokens.give(session.id, before);
    await directory.update(session.id, { gitHubAccount: record.gitHubAccount });
    throw error;
  }
}
