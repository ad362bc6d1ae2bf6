import type { ModelProvider } from '../../copilot/profiles/model-provider.ts';
import { createInputError } from '../../errors/common-errors.ts';

export interface ProviderInput {
  readonly type: ModelProvider['type'];
  readonly baseUrl: string;
  readonly apiKey?: string | null | undefined;
  readonly bearerToken?: string | null | undefined;
  readonly wireApi?: ModelProvider['wireApi'] | undefined;
  readonly azureApiVersion?: string | null | undefined;
}

const MAX_URL_CHARACTERS = 2_048;
/** The characters that are allowed in an HTTP header. */
const PROVIDER_KEY = /^[\x21-\x7e]{1,4096}$/;
const API_VERSION = /^[A-Za-z0-9.-]{1,64}$/;

/**
 * Neither the key nor the URL appears in an error message.
 *
 * @throws {GatewayError} BAD_USER_INPUT
 */
export function validateProvider(input: ProviderInput | null | undefined): ModelProvider | null {
  if (input == null) return null;
  const { type, apiKey = null, bearerToken = null, wireApi = null, azureApiVersion = null } = input;
  validateProviderKey('apiKey', apiKey);
  validateProviderKey('bearerToken', bearerToken);
  const provider = { type, apiKey, bearerToken, wireApi, azureApiVersion };
  validateProviderCombination(provider);
  return { ...provider, baseUrl: normalizeBaseUrl(input.baseUrl) };
}

function validateProviderCombination(provider: Omit<ModelProvider, 'baseUrl'>): void {
  const { type, apiKey, bearerToken, wireApi, azureApiVersion } = provider;
  if (apiKey !== null && bearerToken !== null) {
    throw createInputError('provider', 'must have at most one of apiKey and bearerToken');
  }
  if (type === 'anthropic' && wireApi !== null) {
    throw createInputError('provider.wireApi', 'must be omitted for ANTHROPIC');
  }
  if (azureApiVersion !== null && (type !== 'azure' || !API_VERSION.test(azureApiVersion))) {
    throw createInputError(
      'provider.azureApiVersion',
      'must be a version such as 2024-10-21, and only for AZURE',
    );
  }
}

function validateProviderKey(field: string, key: string | null): void {
  if (key !== null && !PROVIDER_KEY.test(key)) {
    throw createInputError(
      `provider.${field}`,
      'must have 1 to 4096 printable ASCII characters without spaces',
    );
  }
}

/** Returns the URL in its normal form, so that the runtime cannot parse another host from it than was checked. */
function normalizeBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.username === '' && url.password === '' && url.search + url.hash === '';
  if (!url || !isPlain || !/^https?:$/.test(url.protocol) || text.length > MAX_URL_CHARACTERS) {
    throw createInputError(
      'provider.baseUrl',
      'must be an https URL without user name, password, query and fragment',
    );
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}
