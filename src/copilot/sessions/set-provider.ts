import { Failure } from '../../errors/gateway-error.ts';
import type { SessionRecord } from '../../store/session-directory.ts';
import type { AttachOptions } from '../link/open-session.ts';
import { profileOfSession } from '../profiles/profiles.ts';
import { type GivenProvider, withoutKey } from '../profiles/provider-keys.ts';
import type { SessionServices } from '../services.ts';
import type { Session } from '../session/session.ts';

type Services = Pick<SessionServices, 'directory' | 'profiles' | 'ownProviders'>;

interface Given extends AttachOptions {
  readonly provider: GivenProvider;
}

/** The session as it is with another provider. @throws Failure POLICY_BLOCKED, BAD_USER_INPUT */
export function withProvider(
  record: SessionRecord,
  { provider, model }: { readonly provider: GivenProvider; readonly model: string | null },
  { profiles, ownProviders }: Omit<Services, 'directory'>,
): SessionRecord {
  ownProviders.check(provider, profileOfSession(record, profiles));
  if (record.gitHubAccount !== 'server') {
    const problem = 'the session uses a GitHub account, beside which no provider can be used';
    throw new Failure('BAD_USER_INPUT', `provider: ${problem}`);
  }
  if (record.location === 'cloud') {
    throw new Failure('BAD_USER_INPUT', 'provider: a cloud session takes none');
  }
  if (record.remoteMode !== 'off') {
    throw new Failure('BAD_USER_INPUT', 'provider: the session is shared; call setSessionRemote');
  }
  if (record.ownProvider === null && model === null) {
    throw new Failure('BAD_USER_INPUT', 'model: needed with a provider of your own');
  }
  return { ...record, ownProvider: withoutKey(provider) };
}

/**
 * The session uses this provider from now on; a model call that runs ends with the one it began with.
 * @throws whatever the runtime fails with: then nothing has changed
 */
export async function giveProvider(
  session: Session,
  { provider, ...attachOptions }: Given,
  { directory, ownProviders }: Services,
): Promise<void> {
  const record = await directory.find(session.id);
  if (!record) return;
  const before = ownProviders.give(session.id, provider);
  await directory.update(session.id, { ownProvider: withoutKey(provider) });
  try {
    await session.attach({ ...attachOptions, anew: true });
  } catch (error) {
    ownProviders.give(session.id, before);
    await directory.update(session.id, { ownProvider: record.ownProvider });
    throw error;
  }
}
