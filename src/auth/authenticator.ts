import {
  acceptCaller,
  type Authentication,
  refuseCaller,
  type TokenVerifier,
} from './authentication.ts';
import { createGitHubVerifier, type GitHubConfig } from './github-verifier.ts';
import { createJwtVerifier, type JwtConfig } from './jwt-verifier.ts';
import { createStaticTokenVerifier, type StaticTokensConfig } from './static-token-verifier.ts';
import { localViewer } from './viewer.ts';

export type AuthConfig = { readonly kind: 'none' } | StaticTokensConfig | JwtConfig | GitHubConfig;

/** @param authorization value of the HTTP header (`Bearer ...`), or whatever a client sent in its place */
export type Authenticator = (authorization: unknown) => Promise<Authentication>;

/** Receives the GitHub token of a viewer who signed in with it. */
export type HandleGitHubToken = (viewerId: string, token: string) => void;

const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;
const MAX_LENGTH = 16_384;

/** Authenticates by a bearer token only, never by a cookie: browsers attach cookies to the requests of any page. */
export function createAuthenticator(
  config: AuthConfig,
  handleGitHubToken: HandleGitHubToken,
): Authenticator {
  if (config.kind === 'none') return () => Promise.resolve(acceptCaller(localViewer));
  const verifyToken = createTokenVerifier(config);
  return async (authorization) => {
    const token = parseBearerToken(authorization);
    if (token === undefined) return refuseCaller('A bearer token is required.');
    const authentication = await verifyToken(token);
    if (config.kind === 'github' && authentication.kind === 'accepted') {
      handleGitHubToken(authentication.viewer.id, token);
    }
    return authentication;
  };
}

function createTokenVerifier(config: Exclude<AuthConfig, { kind: 'none' }>): TokenVerifier {
  switch (config.kind) {
    case 'tokens':
      return createStaticTokenVerifier(config);
    case 'jwt':
      return createJwtVerifier(config);
    case 'github':
      return createGitHubVerifier(config);
  }
}

function parseBearerToken(authorization: unknown): string | undefined {
  if (typeof authorization !== 'string' || authorization.length > MAX_LENGTH) return undefined;
  return BEARER.exec(authorization)?.[1];
}
