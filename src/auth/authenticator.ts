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

/** @param authorization as in the HTTP header: `Bearer ...`; whatever the client sent */
export type Authenticator = (authorization: unknown) => Promise<Authentication>;

/** Somebody signs in with a GitHub token. */
export type HandleGitHubToken = (viewerId: string, token: string) => void;

const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;
const MAX_LENGTH = 16_384;

/** Who is asking is told by a bearer token alone, never by a cookie: browsers send those along for any page. */
export function createAuthenticator(
  config: AuthConfig,
  handleGitHubToken: HandleGitHubToken,
): Authenticator {
  if (config.kind === 'none') return () => Promise.resolve(acceptCaller(localViewer));
  const verifyToken = createTokenVerifier(config);
  return async (authorization) => {
    const token = parseBearerToken(authorization);
    if (token === undefined) return refuseCaller('A bearer token is needed.');
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
