import type { ProviderConfig } from '../../config/config.ts';
import { GatewayError } from '../../errors/gateway-error.ts';
import type { OwnProvider, SessionRecord } from '../../store/session-store.ts';
import { type Profile, requireSessionProfile } from './profiles.ts';
import { checkOwnProvider, type ProviderPolicy } from './provider-policy.ts';

/** With its key. */
export type OwnProviderWithKey = ProviderConfig;

type ProviderKey = Pick<ProviderConfig, 'apiKey' | 'bearerToken'>;

/** Keys of the model providers that clients brought. In memory only: they end with the gateway. */
export class ProviderKeys {
  readonly #policy: ProviderPolicy;
  readonly #keys = new Map<string, ProviderKey>();

  constructor(policy: ProviderPolicy) {
    this.#policy = policy;
  }

  /** @throws Failure POLICY_BLOCKED, BAD_USER_INPUT */
  checkProvider(provider: Pick<ProviderConfig, 'baseUrl'>, profile: Profile): void {
    checkOwnProvider(provider, profile, this.#policy);
  }

  /** @param key undefined: none any more. @returns the one before */
  set(sessionId: string, key: ProviderKey | undefined): ProviderKey | undefined {
    const before = this.#keys.get(sessionId);
    if (key === undefined) this.#keys.delete(sessionId);
    else this.#keys.set(sessionId, { apiKey: key.apiKey, bearerToken: key.bearerToken });
    return before;
  }

  copy(from: string, to: string): void {
    this.set(to, this.#keys.get(from));
  }

  /**
   * The session's profile, with all that its provider needs.
   * @throws Failure MODEL_AUTHENTICATION: nothing of the server's must stand in for a key that is not there any
   * more; POLICY_BLOCKED when such a provider is not allowed any more
   */
  requireProfileWithKey(record: SessionRecord, profiles: readonly Profile[]): Profile {
    const profile = requireSessionProfile(record, profiles);
    if (record.ownProvider === null || profile.provider === null) return profile;
    this.checkProvider(record.ownProvider, profile);
    const key = this.#keys.get(record.id);
    if (key === undefined && record.ownProvider.hasKey) throw createMissingKeyError();
    return { ...profile, provider: { ...profile.provider, ...key } };
  }
}

/** What may be remembered of it. */
export function stripProviderKey({
  apiKey,
  bearerToken,
  ...provider
}: ProviderConfig): OwnProvider {
  return { ...provider, hasKey: apiKey !== null || bearerToken !== null };
}

function createMissingKeyError(): GatewayError {
  return new GatewayError(
    'MODEL_AUTHENTICATION',
    "The key of this session's model provider is not known any more: call resumeSession with provider.",
  );
}
