import { z } from 'zod';

import type { AllowedViewers } from '../auth/allowed-viewers.ts';
import type { AuthConfig } from '../auth/authenticator.ts';
import type { JwtConfig } from '../auth/jwt-verifier.ts';
import { isLoopback } from '../net/loopback.ts';
import { createEnumFormat,createListFormat, duration, httpUrl, list } from './formats.ts';
import { getSettingDefault, type RawSettings, type SettingName } from './settings.ts';
import { tokensFileFormat } from './tokens-file.ts';

const jwtAlgorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA'],
];

export const authFormats = {
  AUTH: createEnumFormat(['none', 'tokens', 'jwt', 'github']).prefault(getSettingDefault('AUTH')),
  AUTH_TOKENS_FILE: tokensFileFormat.optional(),
  JWT_ISSUER: httpUrl.optional(),
  JWT_AUDIENCE: z.string().optional(),
  JWKS_URL: httpUrl.optional(),
  JWT_ALGORITHMS: createListFormat(jwtAlgorithms).prefault(getSettingDefault('JWT_ALGORITHMS')),
  JWT_LEEWAY: duration.prefault(getSettingDefault('JWT_LEEWAY')),
  JWKS_MAX_AGE: duration.prefault(getSettingDefault('JWKS_MAX_AGE')),
  JWKS_COOLDOWN: duration.prefault(getSettingDefault('JWKS_COOLDOWN')),
  GITHUB_API_URL: httpUrl.prefault(getSettingDefault('GITHUB_API_URL')),
  GITHUB_CACHE: duration.prefault(getSettingDefault('GITHUB_CACHE')),
  ALLOWED_VIEWERS: list.optional(),
  OPERATORS: list.optional(),
};

type ParsedAuthSettings = z.output<z.ZodObject<typeof authFormats>>;

type AuthKind = ParsedAuthSettings['AUTH'];

const requiredSettings: Readonly<Record<AuthKind, readonly SettingName[]>> = {
  none: [],
  tokens: ['AUTH_TOKENS_FILE'],
  jwt: ['JWT_ISSUER', 'JWT_AUDIENCE'],
  github: ['ALLOWED_VIEWERS'],
};

/** Someone who sets one of them relies on it. */
const kindsBySetting: Readonly<Partial<Record<SettingName, readonly AuthKind[]>>> = {
  AUTH_TOKENS_FILE: ['tokens'],
  JWT_ISSUER: ['jwt'],
  JWT_AUDIENCE: ['jwt'],
  JWKS_URL: ['jwt'],
  ALLOWED_VIEWERS: ['jwt', 'github'],
  OPERATORS: ['jwt', 'github'],
};

/** What does not go together. */
export function listAuthProblems(given: RawSettings): string[] {
  const kind = given.AUTH ?? getSettingDefault('AUTH');
  if (!isAuthKind(kind)) return [];
  const missing = requiredSettings[kind].filter((name) => given[name] === undefined);
  const unusedSettings = (Object.keys(kindsBySetting) as SettingName[]).filter(
    (name) => given[name] !== undefined && !kindsBySetting[name]?.includes(kind),
  );
  return [
    ...missing.map((name) => `${name}: needed with AUTH=${kind}`),
    ...unusedSettings.map(
      (name) => `${name}: needs AUTH=${kindsBySetting[name]?.join(' or ') ?? ''}`,
    ),
    ...(kind === 'none' && isExposedWithoutAuth(given) ? [EXPOSED_WITHOUT_AUTH] : []),
  ];
}

const EXPOSED_WITHOUT_AUTH =
  'HOST: other machines can reach it, and AUTH=none lets anyone in (ALLOW_INSECURE=1 accepts that)';

function isExposedWithoutAuth({ HOST, ALLOW_INSECURE }: RawSettings): boolean {
  return !isLoopback(HOST ?? getSettingDefault('HOST')) && ALLOW_INSECURE !== '1';
}

function isAuthKind(text: string): text is AuthKind {
  return text in requiredSettings;
}

export function toAuthConfig(env: ParsedAuthSettings): AuthConfig {
  switch (env.AUTH) {
    case 'none':
      return { kind: 'none' };
    case 'tokens':
      return { kind: 'tokens', tokens: env.AUTH_TOKENS_FILE ?? [] };
    case 'jwt':
      return toJwtConfig(env);
    case 'github':
      return {
        kind: 'github',
        apiUrl: env.GITHUB_API_URL,
        cacheMs: env.GITHUB_CACHE,
        ...toAllowedViewers(env),
      };
  }
}

function toJwtConfig(env: ParsedAuthSettings): JwtConfig {
  return {
    kind: 'jwt',
    issuer: env.JWT_ISSUER ?? '',
    audience: env.JWT_AUDIENCE ?? '',
    jwksUrl: env.JWKS_URL ?? null,
    algorithms: env.JWT_ALGORITHMS,
    leewayMs: env.JWT_LEEWAY,
    keysMaxAgeMs: env.JWKS_MAX_AGE,
    keysCooldownMs: env.JWKS_COOLDOWN,
    ...toAllowedViewers(env),
  };
}

function toAllowedViewers({ ALLOWED_VIEWERS, OPERATORS }: ParsedAuthSettings): AllowedViewers {
  const allowed = ALLOWED_VIEWERS?.includes('*') ? null : (ALLOWED_VIEWERS ?? null);
  return { allowed, operators: OPERATORS ?? [] };
}
