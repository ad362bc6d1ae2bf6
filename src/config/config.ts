import { join, resolve } from 'node:path';

import { z } from 'zod';

import type { LimitsConfig } from '../admission/limits.ts';
import type { AuthConfig } from '../auth/authenticate.ts';
import { isLoopback } from '../net/loopback.ts';
import { authConfigOf, authProblems, authSettings } from './auth.ts';
import { type CleanupConfig, cleanupConfigOf, cleanupSettings } from './cleanup.ts';
import {
  duration,
  durationOrOff,
  host,
  hostAndPort,
  hostPatterns,
  httpUrl,
  names,
  oneOf,
  origins,
  port,
  proxies,
} from './formats.ts';
import { limitFormats, limitsOf } from './limits.ts';
import {
  type GivenProfile,
  type ProfilesFile,
  ProfilesProblem,
  readProfiles,
} from './profiles-file.ts';
import { type RuntimeConfig, runtimeEnvironment, runtimeOf } from './runtime.ts';
import type { Given, SettingName } from './settings.ts';
import { defaultOf, settings, unavailableSettings } from './settings.ts';
import {
  type TrustConfig,
  trustConfigOf,
  trustProblems,
  trustSettings,
} from './trusted-documents-file.ts';

export type { GivenProfile } from './profiles-file.ts';
export type { ProviderConfig, RuntimeConfig } from './runtime.ts';
export type { TrustConfig } from './trusted-documents-file.ts';

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
  readonly trustedDocuments: TrustConfig;
  /** Nobody is asked for credentials. */
  readonly isOpen: boolean;
  readonly bodyBytes: number;
  /** How long a client may accept nothing of what waits for it. */
  readonly stalledMs: number;
  readonly socketMessageBytes: number;
  /** How long a socket may take to say who is asking. */
  readonly socketInitMs: number;
  /** How many proxies tell in `X-Forwarded-For` whom they were called by. */
  readonly trustedProxies: number;
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
  readonly profiles: Readonly<Record<string, GivenProfile>> | null;
  readonly dataDir: string;
  readonly directoryFile: string;
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

const environment = z.object({
  HOST: host.prefault(defaultOf('HOST')),
  PORT: port.prefault(defaultOf('PORT')),
  CLI_URL: hostAndPort.optional(),
  COPILOT_CONNECTION_TOKEN: text.optional(),
  DATA_DIR: text.prefault(defaultOf('DATA_DIR')),
  COPILOT_HOME: text.optional(),
  COPILOT_GITHUB_TOKEN: text.optional(),
  PROVIDER_TYPE: oneOf(['openai', 'azure', 'anthropic']).prefault(defaultOf('PROVIDER_TYPE')),
  PROVIDER_BASE_URL: httpUrl.optional(),
  PROVIDER_API_KEY: text.optional(),
  PROVIDER_HOSTS: hostPatterns.optional(),
  MODEL: names.optional(),
  PROFILES_FILE: text.optional(),
  ...authSettings,
  ...cleanupSettings,
  ALLOW_INSECURE: oneOf(['0', '1']).prefault(defaultOf('ALLOW_INSECURE')),
  ALLOWED_ORIGINS: origins.optional(),
  ...trustSettings,
  SESSION_IDLE_DISCONNECT: durationOrOff.prefault(defaultOf('SESSION_IDLE_DISCONNECT')),
  SESSION_SYNC_INTERVAL: duration.prefault(defaultOf('SESSION_SYNC_INTERVAL')),
  TURN_STALL_TIMEOUT: duration.prefault(defaultOf('TURN_STALL_TIMEOUT')),
  GRAPHIQL: oneOf(['on', 'off']).optional(),
  INTROSPECTION: oneOf(['on', 'off']).optional(),
  LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).prefault(
    defaultOf('LOG_LEVEL'),
  ),
  ...limitFormats,
  TRUST_PROXY: proxies.prefault(defaultOf('TRUST_PROXY')),
  RUNTIME_CALL_TIMEOUT: duration.prefault(defaultOf('RUNTIME_CALL_TIMEOUT')),
  RUNTIME_PING_INTERVAL: duration.prefault(defaultOf('RUNTIME_PING_INTERVAL')),
  RUNTIME_PING_TIMEOUT: duration.prefault(defaultOf('RUNTIME_PING_TIMEOUT')),
} satisfies Record<SettingName, z.ZodType>);

type Environment = z.output<typeof environment>;

/** Reads and checks the settings, and freezes the outcome; throws a ConfigError. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  const file = profilesOf(given);
  const unsound = parsed.success ? contradictions(given) : malformed(parsed.error);
  const problems = [...unavailable(given), ...unsound, ...file.problems];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems.join('; '));
  const runtime = runtimeOf(parsed.data, runtimeEnvironment(given, file.secrets));
  return frozen({ ...configOf(parsed.data), runtime, profiles: file.profiles });
}

type GivenProfiles = Omit<ProfilesFile, 'profiles'> & Pick<Config, 'profiles'>;

function profilesOf(given: Given): GivenProfiles & { readonly problems: readonly string[] } {
  const none = { profiles: null, secrets: new Set<string>(), problems: [] };
  if (given.PROFILES_FILE === undefined) return none;
  try {
    return { ...readProfiles(given.PROFILES_FILE, given), problems: [] };
  } catch (error) {
    if (!(error instanceof ProfilesProblem)) throw error;
    return { ...none, problems: [`PROFILES_FILE: ${error.message}`] };
  }
}

function malformed(error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

function unavailable(given: Given): string[] {
  const known = new Set<string>(settings.map(({ name }) => name));
  return Object.entries(given)
    .filter(([name, value]) => value !== undefined && !known.has(name))
    .filter(([name]) => unavailableSettings.includes(name) || /^LIMIT_\w*$/.test(name))
    .map(([name]) => `${name}: not available in this version`);
}

function contradictions(given: Given): string[] {
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
  return [...broken, ...authProblems(given), ...trustProblems(given)];
}

function configOf(env: Environment): Omit<Config, 'runtime' | 'profiles'> {
  const dataDir = resolve(env.DATA_DIR);
  const isTrying = env.TRUSTED_DOCUMENTS !== 'enforce';
  const isForDeveloper = env.AUTH === 'none' && isLoopback(env.HOST);
  return {
    http: {
      host: env.HOST,
      isLoopback: isLoopback(env.HOST),
      port: env.PORT,
      allowedOrigins: env.ALLOWED_ORIGINS ?? [],
      graphiql: (env.GRAPHIQL ?? (isTrying && env.AUTH === 'none' ? 'on' : 'off')) === 'on',
      introspection: (env.INTROSPECTION ?? (isTrying && isForDeveloper ? 'on' : 'off')) === 'on',
      trustedDocuments: trustConfigOf(env),
      isOpen: env.AUTH === 'none',
      bodyBytes: env.LIMIT_BODY_BYTES,
      stalledMs: env.LIMIT_STALLED_CLIENT,
      socketMessageBytes: env.LIMIT_SOCKET_MESSAGE_BYTES,
      socketInitMs: env.LIMIT_SOCKET_INIT,
      trustedProxies: env.TRUST_PROXY,
    },
    auth: authConfigOf(env),
    limits: limitsOf(env, env.AUTH === 'none'),
    dataDir,
    directoryFile: join(dataDir, 'directory.db'),
    sessions: {
      idleDisconnectMs: env.SESSION_IDLE_DISCONNECT,
      syncIntervalMs: env.SESSION_SYNC_INTERVAL,
      cleanup: cleanupConfigOf(env),
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

function frozen<T extends object>(value: T): T {
  const parts: unknown[] = Object.values(value);
  for (const part of parts) if (typeof part === 'object' && part !== null) frozen(part);
  return Object.freeze(value);
}
