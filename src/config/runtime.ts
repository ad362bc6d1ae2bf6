import { join, resolve } from 'node:path';

import { isLoopback } from '../net/loopback.ts';
import type { HostPattern } from './formats.ts';
import { settings } from './settings.ts';

export interface ProviderConfig {
  readonly type: 'openai' | 'azure' | 'anthropic';
  readonly baseUrl: string;
  readonly apiKey: string | null;
  readonly bearerToken: string | null;
  readonly wireApi: 'completions' | 'responses' | null;
  readonly azureApiVersion: string | null;
}

export interface BundledRuntimeConfig {
  readonly kind: 'bundled';
  readonly home: string;
  /** Working directory of the process. */
  readonly workspace: string;
  readonly gitHubToken: string | null;
  /** Of the process: the gateway's own without its settings, its secrets and other GitHub tokens. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface ExternalRuntimeConfig {
  readonly kind: 'external';
  /** `host:port` */
  readonly url: string;
}

export type RuntimeConfig = (BundledRuntimeConfig | ExternalRuntimeConfig) & {
  /** Whoever can call is at this machine anyway. */
  readonly isLocalOnly: boolean;
  readonly connectionToken: string | null;
  readonly callTimeoutMs: number;
  readonly pingIntervalMs: number;
  readonly pingTimeoutMs: number;
  /** Of profiles that name none; null: GitHub's. */
  readonly provider: ProviderConfig | null;
  /** That a client's own provider may be at; null: not said. */
  readonly ownProviderHosts: readonly HostPattern[] | null;
  /** Of that provider; of the account at most one, the default. */
  readonly models: readonly string[];
};

/** The settings of the runtime, as they were read. */
interface ParsedRuntimeSettings {
  readonly HOST: string;
  readonly AUTH: string;
  readonly DATA_DIR: string;
  readonly CLI_URL?: string | undefined;
  readonly COPILOT_CONNECTION_TOKEN?: string | undefined;
  readonly COPILOT_HOME?: string | undefined;
  readonly COPILOT_GITHUB_TOKEN?: string | undefined;
  readonly PROVIDER_TYPE: ProviderConfig['type'];
  readonly PROVIDER_BASE_URL?: string | undefined;
  readonly PROVIDER_API_KEY?: string | undefined;
  readonly PROVIDER_HOSTS?: readonly HostPattern[] | undefined;
  readonly MODEL?: readonly string[] | undefined;
  readonly RUNTIME_CALL_TIMEOUT: number;
  readonly RUNTIME_PING_INTERVAL: number;
  readonly RUNTIME_PING_TIMEOUT: number;
}

/** @param environment of the bundled runtime's process */
export function toRuntimeConfig(
  env: ParsedRuntimeSettings,
  environment: Readonly<Record<string, string>>,
): RuntimeConfig {
  return {
    ...(env.CLI_URL === undefined
      ? { ...toBundledRuntimeConfig(env), environment }
      : { kind: 'external', url: env.CLI_URL }),
    isLocalOnly: env.AUTH === 'none' && isLoopback(env.HOST),
    connectionToken: env.COPILOT_CONNECTION_TOKEN ?? null,
    callTimeoutMs: env.RUNTIME_CALL_TIMEOUT,
    pingIntervalMs: env.RUNTIME_PING_INTERVAL,
    pingTimeoutMs: env.RUNTIME_PING_TIMEOUT,
    provider: toDefaultProvider(env),
    ownProviderHosts: env.PROVIDER_HOSTS ?? null,
    models: env.MODEL ?? [],
  };
}

/**
 * A tool of the agent can read its process's environment: the keys stay out of it.
 * @param secrets names of further variables that hold one
 */
export function buildRuntimeEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  secrets: ReadonlySet<string>,
): Record<string, string> {
  const withheld = new Set<string>([
    ...settings.map(({ name }) => name),
    ...secrets,
    'GITHUB_TOKEN',
    'GH_TOKEN',
  ]);
  const entries = Object.entries(env).filter(([name]) => !withheld.has(name));
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function toBundledRuntimeConfig(
  env: ParsedRuntimeSettings,
): Omit<BundledRuntimeConfig, 'environment'> {
  const dataDir = resolve(env.DATA_DIR);
  return {
    kind: 'bundled',
    home: env.COPILOT_HOME === undefined ? join(dataDir, 'runtime') : resolve(env.COPILOT_HOME),
    workspace: join(dataDir, 'workspace'),
    gitHubToken: env.COPILOT_GITHUB_TOKEN ?? null,
  };
}

function toDefaultProvider(env: ParsedRuntimeSettings): ProviderConfig | null {
  if (env.PROVIDER_BASE_URL === undefined) return null;
  return {
    type: env.PROVIDER_TYPE,
    baseUrl: env.PROVIDER_BASE_URL,
    apiKey: env.PROVIDER_API_KEY ?? null,
    bearerToken: null,
    wireApi: null,
    azureApiVersion: null,
  };
}
