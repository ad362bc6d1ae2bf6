import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';

import { admit, type AllowedViewers } from './allowed-viewers.ts';
import { type Check, refused } from './authentication.ts';

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
const UNCHECKED = 'The token cannot be checked right now; try again in a moment.';

/** Tokens of one OpenID Connect issuer; `sub` is the viewer. They must expire. */
export function jwtCheck(config: JwtConfig): Check {
  const keys = new Keys(config);
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
      const { payload } = await jwtVerify(token, await keys.current(), options);
      return viewerIn(payload, config);
    } catch (error) {
      return refused(reasonOf(error));
    }
  };
}

function viewerIn(payload: JWTPayload, config: JwtConfig): ReturnType<typeof admit> {
  const { sub, exp = 0, name } = payload;
  if (!sub) return refused('The token names nobody.');
  const person = { key: sub, name: typeof name === 'string' ? name : null };
  return admit(person, config, exp * 1000 + config.leewayMs);
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  const isKeyMissing = error instanceof errors.JWKSNoMatchingKey;
  const isOfToken =
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported;
  return isOfToken || isKeyMissing ? 'The token is not valid here.' : UNCHECKED;
}

/** The issuer's public keys. Where they are is asked once it is needed: the issuer may start later. */
class Keys {
  readonly #config: JwtConfig;
  #keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(config: JwtConfig) {
    this.#config = config;
  }

  current(): Promise<JWTVerifyGetKey> {
    this.#keys ??= this.#open().catch((error: unknown) => {
      this.#keys = undefined;
      throw error;
    });
    return this.#keys;
  }

  async #open(): Promise<JWTVerifyGetKey> {
    const { jwksUrl, keysMaxAgeMs, keysCooldownMs } = this.#config;
    return createRemoteJWKSet(new URL(jwksUrl ?? (await this.#discover())), {
      cacheMaxAge: keysMaxAgeMs,
      cooldownDuration: keysCooldownMs,
      timeoutDuration: FETCH_TIMEOUT_MS,
    });
  }

  async #discover(): Promise<string> {
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
