import type { ProfileConfig, ProviderConfig, RuntimeConfig } from '../../config/config.ts';
import { GatewayError } from '../../errors/gateway-error.ts';
import type { PermissionKind } from '../../events/pending-request.ts';
import type { OwnProvider } from '../../store/session-store.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { createProviderModel, listAccountModels, type Model } from './models.ts';

export const DEFAULT_PROFILE_NAME = 'default';
const DEFAULT_REQUEST_TIMEOUT_MS = 600_000;

/** Who decides when the agent asks for permission. */
export interface PermissionPolicy {
  /** The session's clients are asked, or everything that is not allowed is rejected at once. */
  readonly mode: 'ask' | 'reject';
  /** Approved without asking. */
  readonly allow: readonly PermissionKind[];
}

/** A named server-side bundle of settings for sessions. */
export interface Profile {
  readonly name: string;
  readonly description: string | null;
  /** Null: the GitHub account's. */
  readonly provider: ProviderConfig | null;
  readonly defaultModel: string | null;
  /** That sessions may use; null: all of the account's, or of a client's own provider. Of the account's, only the names count. */
  readonly models: readonly Model[] | null;
  /** Patterns of the tools that the agent may call. */
  readonly tools: readonly string[];
  readonly mcpServers: ProfileConfig['mcpServers'];
  readonly systemMessage: ProfileConfig['systemMessage'] | null;
  /** `fresh`: a folder for each session; `runtime`: the runtime's own; else the path of one for all. */
  readonly workingDirectory: string;
  readonly permissionPolicy: PermissionPolicy;
  /** How long a request waits for an answer. */
  readonly requestTimeoutMs: number;
  readonly allowsOwnProvider: boolean;
  readonly allowsCloud: boolean;
  readonly allowsRemote: boolean;
}

interface ProfilesOptions {
  readonly runtime: RuntimeConfig;
  /** Null: the built-in one only. */
  readonly profiles: Readonly<Record<string, ProfileConfig>> | null;
}

export function createProfiles({ runtime, profiles }: ProfilesOptions): Profile[] {
  const given = profiles ?? { [DEFAULT_PROFILE_NAME]: createBuiltInProfile(runtime) };
  return Object.entries(given).map(([name, profile]) => createProfile(name, profile, runtime));
}

/**
 * As it counts for a session: with the provider that its client brought, instead of the profile's and its models.
 * @throws Failure POLICY_BLOCKED when the server no longer has the session's profile
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
  throw new GatewayError('POLICY_BLOCKED', 'The profile of this session is not offered any more.');
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
  const provider = given.provider ? toProviderConfig(given.provider) : runtime.provider;
  const names = given.defaultModel === undefined ? runtime.models : [given.defaultModel];
  const models = (given.models ?? names.map((name) => ({ name }))).map(createProviderModel);
  return {
    provider,
    defaultModel: given.defaultModel ?? models[0]?.name ?? null,
    models: given.models || provider ? models : null,
  };
}

function toProviderConfig(given: NonNullable<ProfileConfig['provider']>): ProviderConfig {
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
    // Another machine may not have the folders of this one.
    workingDirectory: kind === 'bundled' ? 'fresh' : 'runtime',
    permissions: { mode: 'ask', allow: [] },
    requestTimeout: DEFAULT_REQUEST_TIMEOUT_MS,
    allowsOwnProvider: false,
    allowsCloud: isLocalOnly,
    allowsRemote: isLocalOnly,
  };
}

/** The models that sessions of a profile may use. @throws Failure GITHUB_AUTH_REQUIRED */
export async function listProfileModels(
  profile: Profile,
  runtime: Runtime,
): Promise<readonly Model[]> {
  if (profile.provider !== null) return profile.models ?? [];
  const models = await listAccountModels(runtime);
  const allowed = profile.models?.map(({ name }) => name);
  return allowed ? models.filter(({ name }) => allowed.includes(name)) : models;
}
