import { isIP } from 'node:net';

import type { RuntimeConfig } from '../../config/config.ts';
import { GatewayError } from '../../errors/gateway-error.ts';
import { isPublicHost } from '../../net/public-host.ts';
import type { ModelProvider } from './model-provider.ts';
import type { Profile } from './profiles.ts';

export type ProviderPolicy = Pick<RuntimeConfig, 'ownProviderHosts' | 'isLocalOnly'>;

/**
 * Checks that sessions of the profile may use a client-supplied provider.
 *
 * @throws {GatewayError} POLICY_BLOCKED, BAD_USER_INPUT for http where https is required
 */
export function checkOwnProvider(
  { baseUrl }: Pick<ModelProvider, 'baseUrl'>,
  { allowsOwnProvider }: Profile,
  policy: ProviderPolicy,
): void {
  if (!allowsOwnProvider) {
    throw new GatewayError(
      'POLICY_BLOCKED',
      'provider: the profile does not allow client-supplied providers',
    );
  }
  const url = new URL(baseUrl);
  if (!isAllowedUrl(url, policy)) {
    throw new GatewayError(
      'POLICY_BLOCKED',
      'provider.baseUrl: the server does not allow this host',
    );
  }
  if (url.protocol === 'https:' || isLoopbackHost(url.hostname)) return;
  throw new GatewayError('BAD_USER_INPUT', 'provider.baseUrl: must be an https URL');
}

function isAllowedUrl(url: URL, { ownProviderHosts, isLocalOnly }: ProviderPolicy): boolean {
  // Callers on this machine reach its networks anyway, but a web page that acts for them must not: public hosts only.
  if (ownProviderHosts === null) return isLocalOnly && isPublicHost(url.hostname);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return ownProviderHosts.some(
    (listed) =>
      (listed.port === null || listed.port === port) &&
      (listed.isWildcard ? isSubdomain(url.hostname, listed.host) : url.hostname === listed.host),
  );
}

function isSubdomain(hostname: string, domain: string): boolean {
  return isIP(hostname) === 0 && hostname.endsWith(`.${domain}`);
}

function isLoopbackHost(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
