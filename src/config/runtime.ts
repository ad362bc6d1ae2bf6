import { join, resolve } from 'node:path';

import { z } from 'zod';

import type { ModelProvider } from '../copilot/profiles/model-provider.ts';
import { isLoopback } from '../net/loopback.ts';
import type { authSettings } from './auth.ts';
import {
  createEnumFormat,
  duration,
  type Given,
  hostAndPort,
  type HostPattern,
  hostPatterns,
  httpUrl,
  nameList,
  type Parsed,
} from './formats.ts';
import type { httpSettings } from './http.ts';

const text = z.string();

export const runtimeSettings = {
  CLI_URL: hostAndPort
    .optional()
    .describe(
      'headless CLI to connect to, `host:port`; by default the runtime that is bundled with the SDK is started and supervised',
    ),
  COPILOT_CONNECTION_TOKEN: text
    .optional()
    .describe(
      'token that the CLI at CLI_URL requires; the bundled runtime has no port and needs none',
    ),
  DATA_DIR: text
    .prefault('.copilot-gateway')
    .describe(
      "directory of one gateway's session store and bundled runtime; relative to the working directory",
    ),
  COPILOT_HOME: text.optional().meta({
    documentedDefault: 'DATA_DIR/runtime',
    description: 'directory of the state of the bundled runtime; not together with CLI_URL',
  }),
  COPILOT_GITHUB_TOKEN: text
    .optional()
    .describe(
      'GitHub token of the service account of the bundled runtime; not together with CLI_URL',
    ),
  PROVIDER_TYPE: createEnumFormat(['openai', 'azure', 'anthropic'])
    .prefault('openai')
    .describe('API family of the model provider: `openai`, `azure` or `anthropic`'),
  PROVIDER_BASE_URL: httpUrl
    .optional()
    .describe("URL of a model provider that is used instead of GitHub's models; needs MODEL"),
  PROVIDER_API_KEY: text.optional().describe('API key of the model provider'),
  PROVIDER_HOSTS: hostPatterns
    .optional()
    .describe(
      'hosts that a client-supplied provider may have, comma-separated, such as `models.example.com`, `*.example.com`, `10.0.0.5:8443`; [by default](accounts.md#hosts) none, or any public host on loopback with AUTH=none',
    ),
  MODEL: nameList
    .optional()
    .describe(
      'models of the model provider, comma-separated, or one model of the GitHub account; the first is the default of sessions',
    ),
  PROFILES_FILE: text
    .optional()
    .describe('JSON with named [profiles](profiles.md); by default one profile named `default`'),
  RUNTIME_CALL_TIMEOUT: duration
    .prefault('30s')
    .describe('longest wait for a response of the runtime'),
  RUNTIME_PING_INTERVAL: duration
    .prefault('2s')
    .describe('pause between two checks of the connection to the runtime'),
  RUNTIME_PING_TIMEOUT: duration
    .prefault('5s')
    .describe('a check that takes longer means that the connection is lost'),
};

export interface BundledRuntimeConfig {
  readonly kind: 'bundled';
  readonly home: string;
  /** Working directory of the process. */
  readonly workspace: string;
  readonly gitHubToken: string | null;
  /** Environment of the process: the gateway's own, without its settings, its secrets and other GitHub tokens. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface ExternalRuntimeConfig {
  readonly kind: 'external';
  /** `host:port` */
  readonly url: string;
}

export type RuntimeConfig = (BundledRuntimeConfig | ExternalRuntimeConfig) & {
  /** Whether only callers on this machine can connect, and are not authenticated. */
  readonly isLocalOnly: boolean;
  readonly connectionToken: string | null;
  readonly callTimeoutMs: number;
  readonly pingIntervalMs: number;
  readonly pingTimeoutMs: number;
  /** Provider of the profiles that name none; null for GitHub. */
  readonly provider: ModelProvider | null;
  /** Hosts that a client-supplied provider may have; null if PROVIDER_HOSTS is not set. */
  readonly ownProviderHosts: readonly HostPattern[] | null;
  /** Models of `provider`; with a GitHub account at most one, the default model. */
  readonly models: readonly string[];
};

type Settings = Parsed<typeof runtimeSettings>;

export function listRuntimeProblems(given: Given<typeof runtimeSettings>): string[] {
  const has = (name: keyof typeof runtimeSettings): boolean => given[name] !== undefined;
  const bundledOnly = 'applies to the bundled runtime only, so it cannot be combined with CLI_URL';
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
  return rules.filter(([, isBroken]) => isBroken).map(([problem]) => problem);
}

/** @param environment environment of the bundled runtime's process */
export function toRuntimeConfig(
  settings: Settings & Parsed<typeof httpSettings & typeof authSettings>,
  environment: Readonly<Record<string, string>>,
): RuntimeConfig {
  return {
    ...(settings.CLI_URL === undefined
      ? toBundledRuntimeConfig(settings, environment)
      : { kind: 'external', url: settings.CLI_URL }),
    isLocalOnly: settings.AUTH === 'none' && isLoopback(settings.HOST),
    connectionToken: settings.COPILOT_CONNECTION_TOKEN ?? null,
    callTimeoutMs: settings.RUNTIME_CALL_TIMEOUT,
    pingIntervalMs: settings.RUNTIME_PING_INTERVAL,
    pingTimeoutMs: settings.RUNTIME_PING_TIMEOUT,
    provider: toDefaultProvider(settings),
    ownProviderHosts: settings.PROVIDER_HOSTS ?? null,
    models: settings.MODEL ?? [],
  };
}

function toBundledRuntimeConfig(
  { DATA_DIR, COPILOT_HOME, COPILOT_GITHUB_TOKEN }: Settings,
  environment: BundledRuntimeConfig['environment'],
): BundledRuntimeConfig {
  const dataDir = resolve(DATA_DIR);
  return {
    kind: 'bundled',
    home: COPILOT_HOME === undefined ? join(dataDir, 'runtime') : resolve(COPILOT_HOME),
    workspace: join(dataDir, 'workspace'),
    gitHubToken: COPILOT_GITHUB_TOKEN ?? null,
    environment,
  };
}

function toDefaultProvider(settings: Settings): ModelProvider | null {
  if (settings.PROVIDER_BASE_URL === undefined) return null;
  return {
    type: settings.PROVIDER_TYPE,
    baseUrl: settings.PROVIDER_BASE_URL,
    apiKey: settings.PROVIDER_API_KEY ?? null,
    bearerToken: null,
    wireApi: null,
    azureApiVersion: null,
  };
}
