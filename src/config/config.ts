import { join, resolve } from 'node:path';

import type { z } from 'zod';

import type { LimitsConfig } from '../admission/limits.ts';
import type { AuthConfig } from '../auth/authenticator.ts';
import { listAuthProblems, toAuthConfig } from './auth.ts';
import type { Given, Parsed } from './formats.ts';
import { type HttpConfig, toHttpConfig } from './http.ts';
import { toLimitsConfig } from './limits.ts';
import {
  type ProfileConfig,
  type ProfilesFile,
  ProfilesFileError,
  readProfilesFile,
} from './profiles-file.ts';
import { listRuntimeProblems, type RuntimeConfig, toRuntimeConfig } from './runtime.ts';
import { type SessionsConfig, toSessionsConfig } from './sessions.ts';
import { settings, settingsFormat, unavailableSettings } from './settings.ts';
import { listTrustedDocumentsProblems } from './trusted-documents.ts';

export type { HttpConfig } from './http.ts';
export type { ProfileConfig } from './profiles-file.ts';
export type { RuntimeConfig } from './runtime.ts';
export type { TrustedDocumentsConfig } from './trusted-documents.ts';

/** Paths are absolute; values that are not set are null. */
export interface Config {
  readonly http: HttpConfig;
  readonly auth: AuthConfig;
  readonly runtime: RuntimeConfig;
  /** Profiles by name; null for the built-in profile only. */
  readonly profiles: Readonly<Record<string, ProfileConfig>> | null;
  readonly dataDir: string;
  readonly storeFile: string;
  readonly sessions: SessionsConfig;
  readonly limits: LimitsConfig;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
}

/** The settings cannot be used. The message has one line, names each wrong setting and contains no value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type GivenSettings = Given<typeof settingsFormat.shape>;
type ParsedSettings = Parsed<typeof settingsFormat.shape>;

/**
 * Reads and checks the settings, and freezes the result. An empty variable counts as not set.
 *
 * @throws {ConfigError}
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = settingsFormat.safeParse(given);
  const file = loadProfiles(given);
  const problems = [
    ...listUnavailableSettings(given),
    ...(parsed.success ? listContradictions(parsed.data, given) : listFormatProblems(parsed.error)),
    ...file.problems,
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems.join('; '));
  const dataDir = resolve(parsed.data.DATA_DIR);
  const isAuthDisabled = parsed.data.AUTH === 'none';
  return freezeDeeply({
    http: toHttpConfig(parsed.data),
    auth: toAuthConfig(parsed.data),
    runtime: toRuntimeConfig(parsed.data, buildRuntimeEnvironment(given, file.secretVariables)),
    profiles: file.profiles,
    dataDir,
    storeFile: join(dataDir, 'directory.db'),
    sessions: toSessionsConfig(parsed.data),
    limits: toLimitsConfig({ settings: parsed.data, given, isAuthDisabled }),
    logLevel: parsed.data.LOG_LEVEL,
  });
}

interface LoadedProfiles {
  readonly profiles: Config['profiles'];
  readonly secretVariables: ProfilesFile['secretVariables'];
  readonly problems: readonly string[];
}

function loadProfiles(given: GivenSettings): LoadedProfiles {
  const none = { profiles: null, secretVariables: new Set<string>(), problems: [] };
  if (given.PROFILES_FILE === undefined) return none;
  try {
    return { ...readProfilesFile(given.PROFILES_FILE, given), problems: [] };
  } catch (error) {
    if (!(error instanceof ProfilesFileError)) throw error;
    return { ...none, problems: [`PROFILES_FILE: ${error.message}`] };
  }
}

function listUnavailableSettings(given: GivenSettings): string[] {
  const known = new Set<string>(settings.map(({ name }) => name));
  return Object.entries(given)
    .filter(([name, value]) => value !== undefined && !known.has(name))
    .filter(([name]) => unavailableSettings.includes(name) || /^LIMIT_\w*$/.test(name))
    .map(([name]) => `${name}: not available in this version`);
}

function listFormatProblems(error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

function listContradictions(parsed: ParsedSettings, given: GivenSettings): string[] {
  return [
    ...listRuntimeProblems(given),
    ...listAuthProblems(parsed, given),
    ...listTrustedDocumentsProblems(parsed, given),
  ];
}

/**
 * Returns the environment for the process of the bundled runtime. Tools of the agent can read it, so the settings of
 * the gateway, with its keys, are left out.
 *
 * @param secretVariables names of other variables that hold a secret
 */
function buildRuntimeEnvironment(
  env: NodeJS.ProcessEnv,
  secretVariables: ReadonlySet<string>,
): Record<string, string> {
  const withheld = new Set<string>([
    ...settings.map(({ name }) => name),
    ...secretVariables,
    'GITHUB_TOKEN',
    'GH_TOKEN',
  ]);
  const entries = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !withheld.has(entry[0]),
  );
  return Object.fromEntries(entries);
}

function freezeDeeply<T extends object>(value: T): T {
  const parts: unknown[] = Object.values(value);
  for (const part of parts) if (typeof part === 'object' && part !== null) freezeDeeply(part);
  return Object.freeze(value);
}
