import { createHash } from 'node:crypto';

import { acceptCaller, refuseCaller,type TokenVerifier } from './authentication.ts';
import { createViewer,type Role } from './viewer.ts';

/** One bearer token that the operator gave out. */
export interface HashedToken {
  /** Of the token's text; hexadecimal, in small letters. */
  readonly sha256: string;
  readonly viewer: string;
  readonly name: string | null;
  readonly roles: readonly Role[];
}

export interface StaticTokensConfig {
  readonly kind: 'tokens';
  readonly tokens: readonly HashedToken[];
}

/** How long a look-up takes tells of the hash only, which nobody can steer without knowing the token. */
export function createStaticTokenVerifier({ tokens }: StaticTokensConfig): TokenVerifier {
  const byHash = new Map(
    tokens.map(({ sha256, viewer, name, roles }) => [sha256, createViewer(viewer, name, roles)]),
  );
  return (token) => {
    const viewer = byHash.get(createHash('sha256').update(token).digest('hex'));
    return Promise.resolve(
      viewer ? acceptCaller(viewer) : refuseCaller('This token is not known.'),
    );
  };
}
