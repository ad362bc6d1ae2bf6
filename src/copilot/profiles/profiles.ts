import type { ProfileConfig, RuntimeConfig } from '../../config/config.ts';
import { GatewayError } from '../../errors/gateway-error.ts';
import type { PermissionKind } from '../../events/pending-request.ts';
import type { OwnProvider } from '../../store/session-store.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { ModelProvider } from './model-provider.ts';
import { createProviderModel, listAccountModels, type Model } from './models.ts';

export const DEFAULT_PROFILE_NAME = 'default';
const DEFAULT_REQUEST_TIMEOUT_MS = 600_000;

/** Decides on permission requests of the agent. */
export interface PermissionPolicy {
  /** `ask`: clients decide. `reject`: requests of kinds that are not allowed are rejected at once. */
  readonly mode: 'ask' | 'reject';
  /** Kinds that are approved without asking. */
  readonly allow: readonly PermissionKind[];
}

/** A named server-side bundle of settings for sessions. */
export interface Profile {
  readonly name: string;
  readonly description: string | null;
  /** Null: the models of the GitHub account. */
  readonly provider: ModelProvider | null;
  readonly defaultModel: string | null;
  /** Models that sessions may use; null: all models of the account or of a client-supplied provider. For the account, only the names count. */
  readonly models: readonly Model[] | null;
  /** Patterns of the names of tools that the agent may call. */
  readonly tools: readonly string[];
  readonly mcpServers: ProfileConfig['mcpServers'];
  readonly systemMessage: ProfileConfig['systemMessage'] | null;
  /** `fresh`: a directory per session; `runtime`: that of the runtime; else the path of a directory for all sessions. */
  readonly workingDirectory: string;
  readonly permissionPolicy: PermissionPolicy;
  /** How long a request waits for a response. */
  readonly requestTimeoutMs: number;
  readonly allowsOwnProvider: boolean;
  readonly allowsCloud: boolean;
  readonly allowsRemote: boolean;
}

interface ProfilesOptions {
  readonly runtime: RuntimeConfig;
  /** Null: the built-in profile only. */
  readonly profiles: Readonly<Record<string, ProfileConfig>> | null;
}

export function createProfiles({ runtime, profiles }: ProfilesOptions): Profile[] {
  const given = profiles ?? { [DEFAULT_PROFILE_NAME]: createBuiltInProfile(runtime) };
  return Object.entries(given).map(([name, profile]) => createProfile(name, profile, runtime));
}

/**
 * Returns the profile as it applies to a session: a client-supplied provider replaces the provider and the models of the
 * profile.
 *
 * @throws {GatewayError} POLICY_BLOCKED when the server no longer has the profile of the session
 */
export function requireSessionProfile(
  session: { readonly profile: string; readonly ownProvider: OwnProvider | null },
  profiles: readonly Profile[],
): Profile {
  const profile = profiles.find(({ name }) => name === session.profile);
  if (profile && session.ownProvider) {
    const provider = { ...session.ownProvider, apiKey: null, bearerToken: null };
    return { ...profile, provider, defaultModel: null, models: null };
  }
  if (profile) return profile;
  throw new GatewayError('POLICY_BLOCKED', 'The profile of the session is no longer available.');
}

function createProfile(name: string, given: ProfileConfig, runtime: RuntimeConfig): Profile {
  const { permissions, requestTimeout, ...rest } = given;
  return {
    ...rest,
    ...resolveModels(given, runtime),
    name,
    description: given.description ?? null,
    systemMessage: given.systemMessage ?? null,
    permissionPolicy: permissions,
    requestTimeoutMs: requestTimeout,
  };
}

function resolveModels(
  given: ProfileConfig,
  runtime: RuntimeConfig,
): Pick<Profile, 'provider' | 'defaultModel' | 'models'> {
  const provider = given.provider ? toModelProvider(given.provider) : runtime.provider;
  const names = given.defaultModel === undefined ? runtime.models : [given.defaultModel];
  const models = (given.models ?? names.map((name) => ({ name }))).map(createProviderModel);
  return {
    provider,
    defaultModel: given.defaultModel ?? models[0]?.name ?? null,
    models: given.models || provider ? models : null,
  };
}

function toModelProvider(given: NonNullable<ProfileConfig['provider']>): ModelProvider {
  return {
    type: given.type,
    baseUrl: given.baseUrl,
    apiKey: given.apiKey ?? null,
    bearerToken: given.bearerToken ?? null,
    wireApi: given.wireApi ?? null,
    azureApiVersion: given.azureApiVersion ?? null,
  };
}

function createBuiltInProfile({ kind, isLocalOnly }: RuntimeConfig): ProfileConfig {
  return {
    description: isLocalOnly
      ? 'The tools of the runtime; whatever needs permission is asked for.'
      : 'No tools of the host.',
    tools: isLocalOnly ? ['builtin:*', 'custom:*'] : ['builtin:ask_user', 'custom:*'],
    mcpServers: {},
    // The machine of an external runtime may not have the directories of this one.
    workingDirectory: kind === 'bundled' ? 'fresh' : 'runtime',
    permissions: { mode: 'ask', allow: [] },
    requestTimeout: DEFAULT_REQUEST_TIMEOUT_MS,
    allowsOwnProvider: false,
    allowsCloud: isLocalOnly,
    allowsRemote: isLocalOnly,
  };
}

/**
 * Lists the models that sessions of a profile may use.
 *
 * @throws {GatewayError} GITHUB_AUTH_REQUIRED
 */
export async function listProfileModels(
  profile: Profile,
  runtime: Runtime,
): Promise<readonly Model[]> {
  if (profile.provider !== null) return profile.models ?? [];
  const models = await listAccountModels(runtime);
  const allowed = profile.models?.map(({ name }) => name);
  return allowed ? models.filter(({ name }) => allowed.includes(name)) : models;
}
