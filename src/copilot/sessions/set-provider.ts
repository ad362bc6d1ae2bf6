import { GatewayError } from '../../errors/gateway-error.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import type { AttachOptions } from '../link/open-sdk-session.ts';
import type { ModelProvider } from '../profiles/model-provider.ts';
import { requireSessionProfile } from '../profiles/profiles.ts';
import { splitProvider } from '../profiles/provider-keys.ts';
import type { SessionServices } from '../services.ts';
import type { Session } from '../session/session.ts';

type Services = Pick<SessionServices, 'store' | 'profiles' | 'providerKeys'>;

interface ProviderUpdate extends AttachOptions {
  readonly provider: ModelProvider;
}

/**
 * Returns the record of the session with another provider.
 *
 * @throws {GatewayError} POLICY_BLOCKED, BAD_USER_INPUT
 */
export function withProvider(
  record: SessionRecord,
  { provider, model }: { readonly provider: ModelProvider; readonly model: string | null },
  { profiles, providerKeys }: Omit<Services, 'store'>,
): SessionRecord {
  providerKeys.checkProvider(provider, requireSessionProfile(record, profiles));
  if (record.gitHubAccount !== 'server') {
    throw new GatewayError(
      'BAD_USER_INPUT',
      'provider: cannot be used in a session that has a GitHub token',
    );
  }
  if (record.location === 'cloud') {
    throw new GatewayError('BAD_USER_INPUT', 'provider: cannot be set for a cloud session');
  }
  if (record.remoteMode !== 'off') {
    throw new GatewayError(
      'BAD_USER_INPUT',
      'provider: cannot be set while the session is shared; call setSessionRemote first',
    );
  }
  if (record.ownProvider === null && model === null) {
    throw new GatewayError('BAD_USER_INPUT', 'model: is required with a client-supplied provider');
  }
  return { ...record, ownProvider: splitProvider(provider).ownProvider };
}

/**
 * Makes the session use this provider. A running model call ends with the provider that it started with.
 *
 * @throws whatever the runtime fails with: then nothing has changed
 */
export async function setProvider(
  session: Session,
  { provider, ...attachOptions }: ProviderUpdate,
  { store, providerKeys }: Services,
): Promise<void> {
  // Read now: a failure restores these values, which may have changed since the operation began.
  const record = await store.find(session.id);
  if (!record) return;
  const { ownProvider, key } = splitProvider(provider);
  const before = providerKeys.set(session.id, key);
  await store.update(session.id, { ownProvider });
  try {
    await session.attach({ ...attachOptions, reattach: true });
  } catch (error) {
    providerKeys.set(session.id, before);
    await store.update(session.id, { ownProvider: record.ownProvider });
    throw error;
  }
}
