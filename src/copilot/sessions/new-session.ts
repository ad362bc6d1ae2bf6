import type { SessionId } from '../../events/ids.ts';
import type {
  ClientTool,
  Label,
  ReasoningEffort,
  RemoteMode,
  Repository,
  SessionRecord,
} from '../../store/session-directory.ts';
import { refuseTokenBesideProvider } from '../profiles/github-tokens.ts';
import { profileOfSession } from '../profiles/profiles.ts';
import { type GivenProvider, withoutKey } from '../profiles/provider-keys.ts';
import type { SessionServices } from '../services.ts';

export interface NewCloud {
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
  readonly provider: GivenProvider | null;
  readonly remote: RemoteMode;
  /** Null: on the runtime's machine. */
  readonly cloud: NewCloud | null;
}

export function newRecord(
  { gitHubToken, provider, remote: _remote, cloud: _cloud, ...given }: NewSession,
  {
    profiles,
    gitHubTokens,
    ownProviders,
  }: Pick<SessionServices, 'profiles' | 'gitHubTokens' | 'ownProviders'>,
): SessionRecord & { readonly id: SessionId } {
  const now = new Date();
  const input = { ...given, ownProvider: provider && withoutKey(provider) };
  const profile = profileOfSession(input, profiles);
  if (provider !== null) ownProviders.check(provider, profile);
  if (gitHubToken !== null) refuseTokenBesideProvider(profile);
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
    gitHubAccount: gitHubTokens.accountOf({ ...input, gitHubToken }, profile),
    hasMessages: false,
    rewinds: 0,
    createdAt: now,
    updatedAt: now,
  };
}
