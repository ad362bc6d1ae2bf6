import { GatewayError } from '../../errors/gateway-error.ts';
import type { OwnProvider, SessionRecord } from '../../store/session-store.ts';
import type { ModelProvider, ProviderKey } from './model-provider.ts';
import { type Profile, requireSessionProfile } from './profiles.ts';
import { checkOwnProvider, type ProviderPolicy } from './provider-policy.ts';
import { SessionSecrets } from './session-secrets.ts';

/** Keys of client-supplied model providers. */
export class ProviderKeys extends SessionSecrets<ProviderKey> {
  readonly #policy: ProviderPolicy;

  constructor(policy: ProviderPolicy) {
    super();
    this.#policy = policy;
  }

  /** @throws {GatewayError} POLICY_BLOCKED, BAD_USER_INPUT */
  checkProvider(provider: Pick<ModelProvider, 'baseUrl'>, profile: Profile): void {
    checkOwnProvider(provider, profile, this.#policy);
  }

  /**
   * Returns the profile of the session, with the key of its provider.
   *
   * @throws {GatewayError} MODEL_AUTHENTICATION when the key was lost: no key of the server must replace it;
   *   POLICY_BLOCKED when the provider is no longer allowed
   */
  requireProfileWithKey(record: SessionRecord, profiles: readonly Profile[]): Profile {
    const profile = requireSessionProfile(record, profiles);
    if (record.ownProvider === null || profile.provider === null) return profile;
    this.checkProvider(record.ownProvider, profile);
    const key = this.get(record.id);
    if (key === undefined && record.ownProvider.hasKey) {
      throw new GatewayError(
        'MODEL_AUTHENTICATION',
        'The key of the model provider is no longer known; call resumeSession with provider.',
      );
    }
    return { ...profile, provider: { ...profile.provider, ...key } };
  }
}

/** Splits a provider into the part that is stored and its key, which is not. */
export function splitProvider({ apiKey, bearerToken, ...provider }: ModelProvider): {
  readonly ownProvider: OwnProvider;
  readonly key: ProviderKey;
} {
  const hasKey = apiKey !== null || bearerToken !== null;
  return { ownProvider: { ...provider, hasKey }, key: { apiKey, bearerToken } };
}
