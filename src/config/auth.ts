import { z } from 'zod';

import type { AllowedViewers } from '../auth/allowed-viewers.ts';
import type { AuthConfig } from '../auth/authenticate.ts';
import type { JwtConfig } from '../auth/jwt.ts';
import { isLoopback } from '../net/loopback.ts';
import { duration, httpUrl, list, listOf, oneOf } from './formats.ts';
import { defaultOf, type Given, type SettingName } from './settings.ts';
import { tokensFile } from './tokens-file.ts';

const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA'],
];

export const authSettings = {
  AUTH: oneOf(['none', 'tokens', 'jwt', 'github']).prefault(defaultOf('AUTH')),
  AUTH_TOKENS_FILE: tokensFile.optional(),
  JWT_ISSUER: httpUrl.optional(),
  JWT_AUDIENCE: z.string().optional(),
  JWKS_URL: httpUrl.optional(),
  JWT_ALGORITHMS: listOf(algorithms).prefault(defaultOf('JWT_ALGORITHMS')),
  JWT_LEEWAY: duration.prefault(defaultOf('JWT_LEEWAY')),
  JWKS_MAX_AGE: duration.prefault(defaultOf('JWKS_MAX_AGE')),
  JWKS_COOLDOWN: duration.prefault(defaultOf('JWKS_COOLDOWN')),
  GITHUB_API_URL: httpUrl.prefault(defaultOf('GITHUB_API_URL')),
  GITHUB_CACHE: duration.prefault(defaultOf('GITHUB_CACHE')),
  ALLOWED_VIEWERS: list.optional(),
  OPERATORS: list.optional(),
};

type AuthEnvironment = z.output<z.ZodObject<typeof authSettings>>;

type Kind = AuthEnvironment['AUTH'];

const needed: Readonly<Record<Kind, readonly SettingName[]>> = {
  none: [],
  tokens: ['AUTH_TOKENS_FILE'],
  jwt: ['JWT_ISSUER', 'JWT_AUDIENCE'],
  github: ['ALLOWED_VIEWERS'],
};

/** Someone who sets one of them relies on it. */
const kindsOf: Readonly<Partial<Record<SettingName, readonly Kind[]>>> = {
  AUTH_TOKENS_FILE: ['tokens'],
  JWT_ISSUER: ['jwt'],
  JWT_AUDIENCE: ['jwt'],
  JWKS_URL: ['jwt'],
  ALLOWED_VIEWERS: ['jwt', 'github'],
  OPERATORS: ['jwt', 'github'],
};

/** What does not go together. */
export function authProblems(given: Given): string[] {
  const kind = given.AUTH ?? defaultOf('AUTH');
  if (!isKind(kind)) return [];
  const missing = needed[kind].filter((name) => given[name] === undefined);
  const idle = (Object.keys(kindsOf) as SettingName[]).filter(
    (name) => given[name] !== undefined && !kindsOf[name]?.includes(kind),
  );
  return [
    ...missing.map((name) => `${name}: needed with AUTH=${kind}`),
    ...idle.map((name) => `${name}: needs AUTH=${kindsOf[name]?.join(' or ') ?? ''}`),
    ...(kind === 'none' && isOpen(given) ? [OPEN] : []),
  ];
}

const OPEN =
  'HOST: other machines can reach it, and AUTH=none lets anyone in (ALLOW_INSECURE=1 accepts that)';

function isOpen({ HOST, ALLOW_INSECURE }: Given): boolean {
  return !isLoopback(HOST ?? defaultOf('HOST')) && ALLOW_INSECURE !== '1';
}

function isKind(text: string): text is Kind {
  return text in needed;
}

export function authConfigOf(env: AuthEnvironment): AuthConfig {
  switch (env.AUTH) {
    case 'none':
      return { kind: 'none' };
    case 'tokens':
      return { kind: 'tokens', tokens: env.AUTH_TOKENS_FILE ?? [] };
    case 'jwt':
      return jwtConfigOf(env);
    case 'github':
      return {
        kind: 'github',
        apiUrl: env.GITHUB_API_URL,
        cacheMs: env.GITHUB_CACHE,
        ...allowedViewersOf(env),
      };
  }
}

function jwtConfigOf(env: AuthEnvironment): JwtConfig {
  return {
    kind: 'jwt',
    issuer: env.JWT_ISSUER ?? '',
    audience: env.JWT_AUDIENCE ?? '',
    jwksUrl: env.JWKS_URL ?? null,
    algorithms: env.JWT_ALGORITHMS,
    leewayMs: env.JWT_LEEWAY,
    keysMaxAgeMs: env.JWKS_MAX_AGE,
    keysCooldownMs: env.JWKS_COOLDOWN,
    ...allowedViewersOf(env),
  };
}

function allowedViewersOf({ ALLOWED_VIEWERS, OPERATORS }: AuthEnvironment): AllowedViewers {
  const allowed = ALLOWED_VIEWERS?.includes('*') ? null : (ALLOWED_VIEWERS ?? null);
  return { allowed, operators: OPERATORS ?? [] };
}
