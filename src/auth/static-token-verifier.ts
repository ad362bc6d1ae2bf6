import { createHash } from 'node:crypto';

import { acceptCaller, refuseCaller, type TokenVerifier } from './authentication.ts';
import { createViewer, type Role } from './viewer.ts';

/** A bearer token that the operator has issued. */
export interface HashedToken {
  /** SHA-256 of the token, in lowercase hexadecimal. */
  readonly sha256: string;
  readonly viewer: string;
  readonly name: string | null;
  readonly roles: readonly Role[];
}

export interface StaticTokensConfig {
  readonly kind: 'tokens';
  readonly tokens: readonly HashedToken[];
}

/**
 * Verifies tokens by their hash. The look-up is not constant-time: its duration depends on the hash only, which a
 * client cannot choose without knowing the token.
 */
export function createStaticTokenVerifier({ tokens }: StaticTokensConfig): TokenVerifier {
  const viewersByHash = new Map(
    tokens.map(({ sha256, viewer, name, roles }) => [sha256, createViewer(viewer, name, roles)]),
  );
  return (token) => {
    const viewer = viewersByHash.get(createHash('sha256').update(token).digest('hex'));
    return Promise.resolve(viewer ? acceptCaller(viewer) : refuseCaller('The token is unknown.'));
  };
}
