import { z } from 'zod';

import type { AllowedViewers } from '../auth/allowed-viewers.ts';
import type { AuthConfig } from '../auth/authenticator.ts';
import { isLoopback } from '../net/loopback.ts';
import {
  createEnumFormat,
  createListFormat,
  duration,
  type Given,
  httpUrl,
  list,
  origins,
  type Parsed,
} from './formats.ts';
import { tokensFileFormat } from './tokens-file.ts';

const jwtAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
];

export const authSettings = {
  AUTH: createEnumFormat(['none', 'tokens', 'jwt', 'github'])
    .prefault('none')
    .describe(
      'who may call: `none` accepts anyone who can connect; `tokens`, `jwt` and `github` require a bearer token',
    ),
  AUTH_TOKENS_FILE: tokensFileFormat
    .optional()
    .describe(
      'for `tokens`: JSON array of `{ "sha256": hex of the token, "viewer": id, "name"?, "roles": ["user" or "operator"] }`',
    ),
  JWT_ISSUER: httpUrl.optional().describe('for `jwt`: issuer (`iss`) of the tokens'),
  JWT_AUDIENCE: z
    .string()
    .optional()
    .describe('for `jwt`: audience (`aud`) that the tokens must name'),
  JWKS_URL: httpUrl
    .optional()
    .describe(
      "for `jwt`: URL of the public keys; by default the one in the issuer's discovery document",
    ),
  JWT_ALGORITHMS: createListFormat(jwtAlgorithms)
    .prefault('RS256')
    .describe(
      `for \`jwt\`: accepted signature algorithms, comma-separated: ${jwtAlgorithms.join(', ')}`,
    ),
  JWT_LEEWAY: duration.prefault('30s').describe('for `jwt`: accepted difference of the clocks'),
  JWKS_MAX_AGE: duration
    .prefault('10m')
    .describe('for `jwt`: the public keys are fetched again after this time'),
  JWKS_COOLDOWN: duration
    .prefault('30s')
    .describe('for `jwt`: pause between two fetches because of an unknown key'),
  GITHUB_API_URL: httpUrl
    .prefault('https://api.github.com')
    .describe('for `github`: API that checks the tokens'),
  GITHUB_CACHE: duration
    .prefault('1m')
    .describe("for `github`: how long GitHub's response about a token is cached"),
  ALLOWED_VIEWERS: list
    .optional()
    .describe(
      'ids of the callers, comma-separated: for `jwt` the subject, by default all; for `github` the numeric id of the account, or `*` for every account on GitHub',
    ),
  OPERATORS: list
    .optional()
    .describe('for `jwt` and `github`: ids of the operators, comma-separated'),
  ALLOW_INSECURE: createEnumFormat(['0', '1'])
    .prefault('0')
    .describe('`1` accepts a HOST that other machines can reach with AUTH=none'),
  ALLOWED_ORIGINS: origins.optional().meta({
    documentedDefault: 'same origin',
    description: 'origins whose pages may call, comma-separated: `https://app.example`',
  }),
};

type Settings = Parsed<typeof authSettings>;
type AuthKind = Settings['AUTH'];
type AuthSettingName = keyof typeof authSettings;

const requiredSettings: Readonly<Record<AuthKind, readonly AuthSettingName[]>> = {
  none: [],
  tokens: ['AUTH_TOKENS_FILE'],
  jwt: ['JWT_ISSUER', 'JWT_AUDIENCE'],
  github: ['ALLOWED_VIEWERS'],
};

/** Settings that are rejected with any other AUTH: an operator who sets one relies on it. */
const kindsBySetting = new Map<AuthSettingName, readonly AuthKind[]>([
  ['AUTH_TOKENS_FILE', ['tokens']],
  ['JWT_ISSUER', ['jwt']],
  ['JWT_AUDIENCE', ['jwt']],
  ['JWKS_URL', ['jwt']],
  ['ALLOWED_VIEWERS', ['jwt', 'github']],
  ['OPERATORS', ['jwt', 'github']],
]);

/** @param host value of HOST */
export function listAuthProblems(
  { AUTH: kind, ALLOW_INSECURE, HOST }: Settings & { readonly HOST: string },
  given: Given<typeof authSettings>,
): string[] {
  const problems = requiredSettings[kind]
    .filter((name) => given[name] === undefined)
    .map((name) => `${name}: needed with AUTH=${kind}`);
  for (const [name, kinds] of kindsBySetting) {
    if (given[name] !== undefined && !kinds.includes(kind))
      problems.push(`${name}: needs AUTH=${kinds.join(' or ')}`);
  }
  if (kind === 'none' && !isLoopback(HOST) && ALLOW_INSECURE !== '1') {
    problems.push(
      'HOST: other machines can reach this address, and AUTH=none accepts any caller (set AUTH, or ALLOW_INSECURE=1 to accept this)',
    );
  }
  return problems;
}

/** @param settings without any of the problems that `listAuthProblems` finds */
export function toAuthConfig(settings: Settings): AuthConfig {
  switch (settings.AUTH) {
    case 'none':
      return { kind: 'none' };
    case 'tokens':
      return { kind: 'tokens', tokens: requireSetting(settings, 'AUTH_TOKENS_FILE') };
    case 'jwt':
      return {
        kind: 'jwt',
        issuer: requireSetting(settings, 'JWT_ISSUER'),
        audience: requireSetting(settings, 'JWT_AUDIENCE'),
        jwksUrl: settings.JWKS_URL ?? null,
        algorithms: settings.JWT_ALGORITHMS,
        leewayMs: settings.JWT_LEEWAY,
        keysMaxAgeMs: settings.JWKS_MAX_AGE,
        keysCooldownMs: settings.JWKS_COOLDOWN,
        ...toAllowedViewers(settings),
      };
    case 'github':
      return {
        kind: 'github',
        apiUrl: settings.GITHUB_API_URL,
        cacheMs: settings.GITHUB_CACHE,
        ...toAllowedViewers(settings),
      };
  }
}

function requireSetting<N extends AuthSettingName>(
  settings: Settings,
  name: N,
): NonNullable<Settings[N]> {
  const value = settings[name];
  if (value === undefined) throw new Error(`${name}: listAuthProblems must have required it`);
  return value;
}

function toAllowedViewers({ ALLOWED_VIEWERS, OPERATORS }: Settings): AllowedViewers {
  const allowed = ALLOWED_VIEWERS?.includes('*') ? null : (ALLOWED_VIEWERS ?? null);
  return { allowed, operators: OPERATORS ?? [] };
}
