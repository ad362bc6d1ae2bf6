import { join, resolve } from 'node:path';

import { z } from 'zod';

import type { LimitsConfig } from '../admission/limits.ts';
import type { AuthConfig } from '../auth/authenticator.ts';
import { isLoopback } from '../net/loopback.ts';
import { authFormats,listAuthProblems, toAuthConfig } from './auth.ts';
import { type CleanupConfig, cleanupFormats,toCleanupConfig } from './cleanup.ts';
import {
  createEnumFormat,
  duration,
  durationOrOff,
  host,
  hostAndPort,
  hostPatterns,
  httpUrl,
  nameList,
  origins,
  port,
  proxyCount,
} from './formats.ts';
import { limitFormats, toLimitsConfig } from './limits.ts';
import {
  type ProfileConfig,
  type ProfilesFile,
  ProfilesFileError,
  readProfilesFile,
} from './profiles-file.ts';
import { buildRuntimeEnvironment, type RuntimeConfig, toRuntimeConfig } from './runtime.ts';
import type { RawSettings, SettingName } from './settings.ts';
import { getSettingDefault, settings, unavailableSettings } from './settings.ts';
import {
  listTrustedDocumentsProblems,
  toTrustedDocumentsConfig,
  type TrustedDocumentsConfig,
  trustedDocumentsFormats,
} from './trusted-documents-file.ts';

export type { ProfileConfig } from './profiles-file.ts';
export type { ProviderConfig, RuntimeConfig } from './runtime.ts';
export type { TrustedDocumentsConfig } from './trusted-documents-file.ts';

export interface HttpConfig {
  readonly host: string;
  /** Only this machine reaches it. */
  readonly isLoopback: boolean;
  /** 0: any free one. */
  readonly port: number;
  /** Besides the gateway's own. */
  readonly allowedOrigins: readonly string[];
  readonly graphiql: boolean;
  /** The schema may be asked for, and guessed at with help. */
  readonly introspection: boolean;
  readonly trustedDocuments: TrustedDocumentsConfig;
  /** Nobody is asked for credentials. */
  readonly isOpen: boolean;
  readonly maxBodyBytes: number;
  /** How long a client may accept nothing of what waits for it. */
  readonly stallTimeoutMs: number;
  readonly maxSocketMessageBytes: number;
  /** How long a socket may take to say who is asking. */
  readonly socketInitTimeoutMs: number;
  /** How many proxies tell in `X-Forwarded-For` whom they were called by. */
  readonly trustedProxyCount: number;
}

export interface SessionsConfig {
  /** Null: never. */
  readonly idleDisconnectMs: number | null;
  /** How often all sessions are compared with those of the runtime. */
  readonly syncIntervalMs: number;
  /** Null: no session is deleted for its age. */
  readonly cleanup: CleanupConfig | null;
  readonly promptBytes: number;
  /** Of one message's attachments together. */
  readonly attachmentBytes: number;
  /** How long nothing may be heard of a running turn. */
  readonly turnStallMs: number;
  /** How long a message waits for the worker of a cloud session. */
  readonly cloudStartMs: number;
  /** Of events, for each live session. */
  readonly logBytes: number;
  readonly logAgeMs: number;
  /** Longest text that is held while it is written. */
  readonly messageBytes: number;
}

/** Paths are absolute; what is absent is null. */
export interface Config {
  readonly http: HttpConfig;
  readonly auth: AuthConfig;
  readonly runtime: RuntimeConfig;
  /** By name; null: the built-in one only. */
  readonly profiles: Readonly<Record<string, ProfileConfig>> | null;
  readonly dataDir: string;
  readonly storeFile: string;
  readonly sessions: SessionsConfig;
  readonly limits: LimitsConfig;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
}

/**
 * The settings cannot be used; the message, of one line, names each of them and repeats no value.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const text = z.string();

const settingFormats = z.object({
  HOST: host.prefault(getSettingDefault('HOST')),
  PORT: port.prefault(getSettingDefault('PORT')),
  CLI_URL: hostAndPort.optional(),
  COPILOT_CONNECTION_TOKEN: text.optional(),
  DATA_DIR: text.prefault(getSettingDefault('DATA_DIR')),
  COPILOT_HOME: text.optional(),
  COPILOT_GITHUB_TOKEN: text.optional(),
  PROVIDER_TYPE: createEnumFormat(['openai', 'azure', 'anthropic']).prefault(
    getSettingDefault('PROVIDER_TYPE'),
  ),
  PROVIDER_BASE_URL: httpUrl.optional(),
  PROVIDER_API_KEY: text.optional(),
  PROVIDER_HOSTS: hostPatterns.optional(),
  MODEL: nameList.optional(),
  PROFILES_FILE: text.optional(),
  ...authFormats,
  ...cleanupFormats,
  ALLOW_INSECURE: createEnumFormat(['0', '1']).prefault(getSettingDefault('ALLOW_INSECURE')),
  ALLOWED_ORIGINS: origins.optional(),
  ...trustedDocumentsFormats,
  SESSION_IDLE_DISCONNECT: durationOrOff.prefault(getSettingDefault('SESSION_IDLE_DISCONNECT')),
  SESSION_SYNC_INTERVAL: duration.prefault(getSettingDefault('SESSION_SYNC_INTERVAL')),
  TURN_STALL_TIMEOUT: duration.prefault(getSettingDefault('TURN_STALL_TIMEOUT')),
  GRAPHIQL: createEnumFormat(['on', 'off']).optional(),
  INTROSPECTION: createEnumFormat(['on', 'off']).optional(),
  LOG_LEVEL: createEnumFormat([
    'trace',
    'debug',
    'info',
    'warn',
    'error',
    'fatal',
    'silent',
  ]).prefault(getSettingDefault('LOG_LEVEL')),
  ...limitFormats,
  TRUST_PROXY: proxyCount.prefault(getSettingDefault('TRUST_PROXY')),
  RUNTIME_CALL_TIMEOUT: duration.prefault(getSettingDefault('RUNTIME_CALL_TIMEOUT')),
  RUNTIME_PING_INTERVAL: duration.prefault(getSettingDefault('RUNTIME_PING_INTERVAL')),
  RUNTIME_PING_TIMEOUT: duration.prefault(getSettingDefault('RUNTIME_PING_TIMEOUT')),
} satisfies Record<SettingName, z.ZodType>);

type ParsedSettings = z.output<typeof settingFormats>;

/** Reads and checks the settings, and freezes the outcome; throws a ConfigError. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = settingFormats.safeParse(given);
  const file = loadProfiles(given);
  const unsound = parsed.success ? listContradictions(given) : listFormatProblems(parsed.error);
  const problems = [...listUnavailableSettings(given), ...unsound, ...file.problems];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems.join('; '));
  const runtime = toRuntimeConfig(parsed.data, buildRuntimeEnvironment(given, file.secrets));
  return freezeDeeply({ ...toConfig(parsed.data), runtime, profiles: file.profiles });
}

type LoadedProfiles = Omit<ProfilesFile, 'profiles'> & Pick<Config, 'profiles'>;

function loadProfiles(
  given: RawSettings,
): LoadedProfiles & { readonly problems: readonly string[] } {
  const none = { profiles: null, secrets: new Set<string>(), problems: [] };
  if (given.PROFILES_FILE === undefined) return none;
  try {
    return { ...readProfilesFile(given.PROFILES_FILE, given), problems: [] };
  } catch (error) {
    if (!(error instanceof ProfilesFileError)) throw error;
    return { ...none, problems: [`PROFILES_FILE: ${error.message}`] };
  }
}

function listFormatProblems(error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

function listUnavailableSettings(given: RawSettings): string[] {
  const known = new Set<string>(settings.map(({ name }) => name));
  return Object.entries(given)
    .filter(([name, value]) => value !== undefined && !known.has(name))
    .filter(([name]) => unavailableSettings.includes(name) || /^LIMIT_\w*$/.test(name))
    .map(([name]) => `${name}: not available in this version`);
}

function listContradictions(given: RawSettings): string[] {
  const has = (name: SettingName): boolean => given[name] !== undefined;
  const bundledOnly = 'reaches only the bundled runtime, so not together with CLI_URL';
  const rules: [problem: string, isBroken: boolean][] = [
    [`COPILOT_HOME: ${bundledOnly}`, has('COPILOT_HOME') && has('CLI_URL')],
    [`COPILOT_GITHUB_TOKEN: ${bundledOnly}`, has('COPILOT_GITHUB_TOKEN') && has('CLI_URL')],
    ['MODEL: needed with PROVIDER_BASE_URL', has('PROVIDER_BASE_URL') && !has('MODEL')],
    [
      'MODEL: more than one needs PROVIDER_BASE_URL',
      given.MODEL?.includes(',') === true && !has('PROVIDER_BASE_URL'),
    ],
    ['PROVIDER_TYPE: needs PROVIDER_BASE_URL', has('PROVIDER_TYPE') && !has('PROVIDER_BASE_URL')],
    [
      'PROVIDER_API_KEY: needs PROVIDER_BASE_URL',
      has('PROVIDER_API_KEY') && !has('PROVIDER_BASE_URL'),
    ],
  ];
  const broken = rules.filter(([, isBroken]) => isBroken).map(([problem]) => problem);
  return [...broken, ...listAuthProblems(given), ...listTrustedDocumentsProblems(given)];
}

function toConfig(env: ParsedSettings): Omit<Config, 'runtime' | 'profiles'> {
  const dataDir = resolve(env.DATA_DIR);
  const allowsAdHocDocuments = env.TRUSTED_DOCUMENTS !== 'enforce';
  const isLocalOnly = env.AUTH === 'none' && isLoopback(env.HOST);
  return {
    http: {
      host: env.HOST,
      isLoopback: isLoopback(env.HOST),
      port: env.PORT,
      allowedOrigins: env.ALLOWED_ORIGINS ?? [],
      graphiql:
        (env.GRAPHIQL ?? (allowsAdHocDocuments && env.AUTH === 'none' ? 'on' : 'off')) === 'on',
      introspection:
        (env.INTROSPECTION ?? (allowsAdHocDocuments && isLocalOnly ? 'on' : 'off')) === 'on',
      trustedDocuments: toTrustedDocumentsConfig(env),
      isOpen: env.AUTH === 'none',
      maxBodyBytes: env.LIMIT_BODY_BYTES,
      stallTimeoutMs: env.LIMIT_STALLED_CLIENT,
      maxSocketMessageBytes: env.LIMIT_SOCKET_MESSAGE_BYTES,
      socketInitTimeoutMs: env.LIMIT_SOCKET_INIT,
      trustedProxyCount: env.TRUST_PROXY,
    },
    auth: toAuthConfig(env),
    limits: toLimitsConfig(env, env.AUTH === 'none'),
    dataDir,
    storeFile: join(dataDir, 'directory.db'),
    sessions: {
      idleDisconnectMs: env.SESSION_IDLE_DISCONNECT,
      syncIntervalMs: env.SESSION_SYNC_INTERVAL,
      cleanup: toCleanupConfig(env),
      promptBytes: env.LIMIT_PROMPT_BYTES,
      attachmentBytes: env.LIMIT_ATTACHMENT_BYTES,
      turnStallMs: env.TURN_STALL_TIMEOUT,
      cloudStartMs: env.CLOUD_START_TIMEOUT_MS,
      logBytes: env.LIMIT_LOG_BYTES,
      logAgeMs: env.LIMIT_LOG_AGE,
      messageBytes: env.LIMIT_MESSAGE_BYTES,
    },
    logLevel: env.LOG_LEVEL,
  };
}

function freezeDeeply<T extends object>(value: T): T {
  const parts: unknown[] = Object.values(value);
  for (const part of parts) if (typeof part === 'object' && part !== null) freezeDeeply(part);
  return Object.freeze(value);
}
