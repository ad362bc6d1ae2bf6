import { accepted, type Authentication, type Check, refused } from './authentication.ts';
import { gitHubCheck, type GitHubConfig } from './github.ts';
import { jwtCheck, type JwtConfig } from './jwt.ts';
import { tokenCheck, type TokensConfig } from './tokens.ts';
import { localViewer } from './viewer.ts';

export type AuthConfig = { readonly kind: 'none' } | TokensConfig | JwtConfig | GitHubConfig;

/** @param authorization as in the HTTP header: `Bearer ...`; whatever the client sent */
export type Authenticate = (authorization: unknown) => Promise<Authentication>;

/** Somebody signs in with a GitHub token. */
export type OnGitHubToken = (viewerId: string, token: string) => void;

const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;
const MAX_LENGTH = 16_384;

/** Who is asking is told by a bearer token alone, never by a cookie: browsers send those along for any page. */
export function authenticator(config: AuthConfig, onGitHubToken: OnGitHubToken): Authenticate {
  if (config.kind === 'none') return () => Promise.resolve(accepted(localViewer));
  const check = checkOf(config);
  return async (authorization) => {
    const token = bearerOf(authorization);
    if (token === undefined) return refused('A bearer token is needed.');
    const authentication = await check(token);
    if (config.kind === 'github' && authentication.kind === 'accepted') {
      onGitHubToken(authentication.viewer.id, token);
    }
    return authentication;
  };
}

function checkOf(config: Exclude<AuthConfig, { kind: 'none' }>): Check {
  switch (config.kind) {
    case 'tokens':
      return tokenCheck(config);
    case 'jwt':
      return jwtCheck(config);
    case 'github':
      return gitHubCheck(config);
  }
}

function bearerOf(authorization: unknown): string | undefined {
  if (typeof authorization !== 'string' || authorization.length > MAX_LENGTH) return undefined;
  return BEARER.exec(authorization)?.[1];
}
