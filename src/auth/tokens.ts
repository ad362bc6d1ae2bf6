import { createHash } from 'node:crypto';

import { accepted, type Check, refused } from './authentication.ts';
import { type Role, viewerOf } from './viewer.ts';

/** One bearer token that the operator gave out. */
export interface KnownToken {
  /** Of the token's text; hexadecimal, in small letters. */
  readonly sha256: string;
  readonly viewer: string;
  readonly name: string | null;
  readonly roles: readonly Role[];
}

export interface TokensConfig {
  readonly kind: 'tokens';
  readonly tokens: readonly KnownToken[];
}

/** How long a look-up takes tells of the hash only, which nobody can steer without knowing the token. */
export function tokenCheck({ tokens }: TokensConfig): Check {
  const byHash = new Map(
    tokens.map(({ sha256, viewer, name, roles }) => [sha256, viewerOf(viewer, name, roles)]),
  );
  return (token) => {
    const viewer = byHash.get(createHash('sha256').update(token).digest('hex'));
    return Promise.resolve(viewer ? accepted(viewer) : refused('This token is not known.'));
  };
}
