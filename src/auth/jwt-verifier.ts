import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';

import { type AllowedViewers, authorize } from './allowed-viewers.ts';
import { refuseCaller, type TokenVerifier } from './authentication.ts';

export interface JwtConfig extends AllowedViewers {
  readonly kind: 'jwt';
  readonly issuer: string;
  readonly audience: string;
  /** Null for the URL in the issuer's discovery document. */
  readonly jwksUrl: string | null;
  /** Accepted signature algorithms, whatever the header of a token names. */
  readonly algorithms: readonly string[];
  /** Accepted difference of the clocks. */
  readonly leewayMs: number;
  /** Time after which the keys are fetched again. For an unknown key they are fetched immediately. */
  readonly keysMaxAgeMs: number;
  /** Pause between two fetches because of an unknown key. */
  readonly keysCooldownMs: number;
}

const FETCH_TIMEOUT_MS = 5_000;

/** Verifies tokens of one OpenID Connect issuer. The claim `sub` is the viewer's key; `exp` is required. */
export function createJwtVerifier(config: JwtConfig): TokenVerifier {
  const keys = new IssuerKeys(config);
  const { issuer, audience, algorithms, leewayMs } = config;
  const options = {
    issuer,
    audience,
    algorithms: [...algorithms],
    clockTolerance: leewayMs / 1000,
    requiredClaims: ['sub', 'exp'],
  };
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, await keys.get(), options);
      return authorizePayload(payload, config);
    } catch (error) {
      return refuseCaller(toRefusalReason(error));
    }
  };
}

function authorizePayload(payload: JWTPayload, config: JwtConfig): ReturnType<typeof authorize> {
  const { sub, exp = 0, name } = payload;
  if (!sub) return refuseCaller('The token has no subject.');
  const identity = { key: sub, name: typeof name === 'string' ? name : null };
  return authorize(identity, config, exp * 1000 + config.leewayMs);
}

/** Does not name the claim that failed, which would help a forger; an expired token is the exception that clients act on. */
function toRefusalReason(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  const isTokenInvalid =
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSNoMatchingKey;
  return isTokenInvalid
    ? 'The token is not valid for this gateway.'
    : 'The token cannot be verified at present. Retry in a moment.';
}

/** The issuer's public keys. Their URL is fetched with the first token, because the issuer may start later. */
class IssuerKeys {
  readonly #config: JwtConfig;
  #keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(config: JwtConfig) {
    this.#config = config;
  }

  get(): Promise<JWTVerifyGetKey> {
    this.#keys ??= this.#load().catch((error: unknown) => {
      this.#keys = undefined;
      throw error;
    });
    return this.#keys;
  }

  async #load(): Promise<JWTVerifyGetKey> {
    const { jwksUrl, keysMaxAgeMs, keysCooldownMs } = this.#config;
    return createRemoteJWKSet(new URL(jwksUrl ?? (await this.#fetchKeysUrl())), {
      cacheMaxAge: keysMaxAgeMs,
      cooldownDuration: keysCooldownMs,
      timeoutDuration: FETCH_TIMEOUT_MS,
    });
  }

  async #fetchKeysUrl(): Promise<string> {
    const { issuer } = this.#config;
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
    });
    const document = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
    if (document.issuer !== issuer || typeof document.jwks_uri !== 'string') {
      throw new Error('the discovery document belongs to another issuer');
    }
    return document.jwks_uri;
  }
}
