import { GatewayError } from '../../errors/gateway-error.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import type { AttachOptions } from '../link/open-sdk-session.ts';
import { requireSessionProfile } from '../profiles/profiles.ts';
import { type OwnProviderWithKey, stripProviderKey } from '../profiles/provider-keys.ts';
import type { SessionServices } from '../services.ts';
import type { Session } from '../session/session.ts';

type Services = Pick<SessionServices, 'store' | 'profiles' | 'providerKeys'>;

interface ProviderUpdate extends AttachOptions {
  readonly provider: OwnProviderWithKey;
}

/** The session as it is with another provider. @throws Failure POLICY_BLOCKED, BAD_USER_INPUT */
export function withProvider(
  record: SessionRecord,
  { provider, model }: { readonly provider: OwnProviderWithKey; readonly model: string | null },
  { profiles, providerKeys }: Omit<Services, 'store'>,
): SessionRecord {
  providerKeys.checkProvider(provider, requireSessionProfile(record, profiles));
  if (record.gitHubAccount !== 'server') {
    const problem = 'the session uses a GitHub account, beside which no provider can be used';
    throw new GatewayError('BAD_USER_INPUT', `provider: ${problem}`);
  }
  if (record.location === 'cloud') {
    throw new GatewayError('BAD_USER_INPUT', 'provider: a cloud session takes none');
  }
  if (record.remoteMode !== 'off') {
    throw new GatewayError(
      'BAD_USER_INPUT',
      'provider: the session is shared; call setSessionRemote',
    );
  }
  if (record.ownProvider === null && model === null) {
    throw new GatewayError('BAD_USER_INPUT', 'model: needed with a provider of your own');
  }
  return { ...record, ownProvider: stripProviderKey(provider) };
}

/**
 * The session uses this provider from now on; a model call that runs ends with the one it began with.
 * @throws whatever the runtime fails with: then nothing has changed
 */
export async function setProvider(
  session: Session,
  { provider, ...attachOptions }: ProviderUpdate,
  { store, providerKeys }: Services,
): Promise<void> {
  const record = await store.find(session.id);
  if (!record) return;
  const before = providerKeys.set(session.id, provider);
  await store.update(session.id, { ownProvider: stripProviderKey(provider) });
  try {
    await session.attach({ ...attachOptions, reattach: true });
  } catch (error) {
    providerKeys.set(session.id, before);
    await store.update(session.id, { ownProvider: record.ownProvider });
    throw error;
  }
}
