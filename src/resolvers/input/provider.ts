import type { OwnProviderWithKey } from '../../copilot/profiles/provider-keys.ts';
import { createInputError } from '../../errors/common-errors.ts';

export interface ProviderInput {
  readonly type: OwnProviderWithKey['type'];
  readonly baseUrl: string;
  readonly apiKey?: string | null | undefined;
  readonly bearerToken?: string | null | undefined;
  readonly wireApi?: OwnProviderWithKey['wireApi'] | undefined;
  readonly azureApiVersion?: string | null | undefined;
}

const MAX_URL_CHARACTERS = 2_048;
/** As it may stand in a header. */
const PROVIDER_KEY = /^[\x21-\x7e]{1,4096}$/;
const API_VERSION = /^[A-Za-z0-9.-]{1,64}$/;

/** Neither its key nor its address appears in a message. @throws Failure BAD_USER_INPUT that names the field */
export function validateProvider(
  input: ProviderInput | null | undefined,
): OwnProviderWithKey | null {
  if (input == null) return null;
  const { type, apiKey = null, bearerToken = null, wireApi = null, azureApiVersion = null } = input;
  validateProviderKey('apiKey', apiKey);
  validateProviderKey('bearerToken', bearerToken);
  const provider = { type, apiKey, bearerToken, wireApi, azureApiVersion };
  validateProviderCombination(provider);
  return { ...provider, baseUrl: normalizeBaseUrl(input.baseUrl) };
}

function validateProviderCombination(provider: Omit<OwnProviderWithKey, 'baseUrl'>): void {
  const { type, apiKey, bearerToken, wireApi, azureApiVersion } = provider;
  if (apiKey !== null && bearerToken !== null) {
    throw createInputError('provider', 'takes one of apiKey and bearerToken');
  }
  if (type === 'anthropic' && wireApi !== null) {
    throw createInputError('provider.wireApi', 'there is none to choose with ANTHROPIC');
  }
  if (azureApiVersion !== null && (type !== 'azure' || !API_VERSION.test(azureApiVersion))) {
    throw createInputError(
      'provider.azureApiVersion',
      'must be a version such as 2024-10-21, with AZURE',
    );
  }
}

function validateProviderKey(field: string, key: string | null): void {
  if (key !== null && !PROVIDER_KEY.test(key))
    throw createInputError(`provider.${field}`, 'must be a key');
}

/** As the runtime gets it: in one spelling, so that it reads no other host in it than was checked. */
function normalizeBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.username === '' && url.password === '' && url.search + url.hash === '';
  if (!url || !isPlain || !/^https?:$/.test(url.protocol) || text.length > MAX_URL_CHARACTERS) {
    const parts = 'user name, password, query and fragment';
    throw createInputError('provider.baseUrl', `must be an https URL without ${parts}`);
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}
