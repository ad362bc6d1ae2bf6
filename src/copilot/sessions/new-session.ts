import type { SessionId } from '../../events/ids.ts';
import type {
  ClientTool,
  Label,
  ReasoningEffort,
  RemoteMode,
  Repository,
  SessionRecord,
} from '../../store/session-store.ts';
import { checkTokenAllowed } from '../profiles/github-tokens.ts';
import { requireSessionProfile } from '../profiles/profiles.ts';
import { type OwnProviderWithKey, stripProviderKey } from '../profiles/provider-keys.ts';
import type { SessionServices } from '../services.ts';

export interface NewCloudSession {
  /** Null: none in particular. */
  readonly repository: Repository | null;
}

export interface NewSession {
  readonly id: SessionId;
  readonly owner: string | null;
  readonly profile: string;
  readonly model: string | null;
  readonly reasoningEffort: ReasoningEffort | null;
  readonly title: string | null;
  readonly instructions: string | null;
  readonly labels: readonly Label[];
  readonly gitHubToken: string | null;
  readonly clientTools: readonly ClientTool[];
  /** Null: the profile's, or none. */
  readonly provider: OwnProviderWithKey | null;
  readonly remote: RemoteMode;
  /** Null: on the runtime's machine. */
  readonly cloud: NewCloudSession | null;
}

export function createSessionRecord(
  { gitHubToken, provider, remote: _remote, cloud: _cloud, ...given }: NewSession,
  {
    profiles,
    gitHubTokens,
    providerKeys,
  }: Pick<SessionServices, 'profiles' | 'gitHubTokens' | 'providerKeys'>,
): SessionRecord & { readonly id: SessionId } {
  const now = new Date();
  const input = { ...given, ownProvider: provider && stripProviderKey(provider) };
  const profile = requireSessionProfile(input, profiles);
  if (provider !== null) providerKeys.checkProvider(provider, profile);
  if (gitHubToken !== null) checkTokenAllowed(profile);
  return {
    ...input,
    model: input.model ?? profile.defaultModel,
    workingDirectory: profile.workingDirectory,
    titleChosen: input.title !== null,
    repository: null,
    location: 'local',
    remoteMode: 'off',
    isStarting: false,
    remoteUrl: null,
    remoteSteerable: false,
    gitHubAccount: gitHubTokens.chooseAccount({ ...input, gitHubToken }, profile),
    hasMessages: false,
    rewinds: 0,
    createdAt: now,
    updatedAt: now,
  };
}
