import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';

import { type AllowedViewers,authorize } from './allowed-viewers.ts';
import { refuseCaller,type TokenVerifier } from './authentication.ts';

export interface JwtConfig extends AllowedViewers {
  readonly kind: 'jwt';
  readonly issuer: string;
  readonly audience: string;
  /** Null: what the issuer's discovery document names. */
  readonly jwksUrl: string | null;
  /** Only these, whatever a token says. */
  readonly algorithms: readonly string[];
  /** Difference between the clocks that is let pass. */
  readonly leewayMs: number;
  /** How long keys are used before they are read again; a key that is not known is looked for at once. */
  readonly keysMaxAgeMs: number;
  /** Pause between two looks for a key that is not known. */
  readonly keysCooldownMs: number;
}

const FETCH_TIMEOUT_MS = 5_000;
const VERIFICATION_UNAVAILABLE = 'The token cannot be checked right now; try again in a moment.';

/** Tokens of one OpenID Connect issuer; `sub` is the viewer. They must expire. */
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
  if (!sub) return refuseCaller('The token names nobody.');
  const person = { key: sub, name: typeof name === 'string' ? name : null };
  return authorize(person, config, exp * 1000 + config.leewayMs);
}

function toRefusalReason(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  const isKeyMissing = error instanceof errors.JWKSNoMatchingKey;
  const isOfToken =
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported;
  return isOfToken || isKeyMissing ? 'The token is not valid here.' : VERIFICATION_UNAVAILABLE;
}

/** The issuer's public keys. Where they are is asked once it is needed: the issuer may start later. */
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
    const answer = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
    });
    const document = (await answer.json()) as { issuer?: unknown; jwks_uri?: unknown };
    if (document.issuer !== issuer || typeof document.jwks_uri !== 'string') {
      throw new Error('the discovery document is not of this issuer');
    }
    return document.jwks_uri;
  }
}
