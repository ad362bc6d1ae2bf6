import type { OwnProvider } from '../../store/session-store.ts';

export interface ProviderKey {
  readonly apiKey: string | null;
  readonly bearerToken: string | null;
}

/** A model provider with its key: of a profile, of the settings, or supplied by a client. */
export interface ModelProvider extends Omit<OwnProvider, 'hasKey'>, ProviderKey {}
