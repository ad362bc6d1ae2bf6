import type { SessionId } from '../../events/ids.ts';
import type {
  ClientTool,
  Label,
  ReasoningEffort,
  RemoteMode,
  Repository,
  SessionRecord,
} from '../../store/session-store.ts';
import type { ModelProvider } from '../profiles/model-provider.ts';
import { splitProvider } from '../profiles/provider-keys.ts';
import { removeSessionData } from './forget-session.ts';
import type { UseCaseServices } from './use-case-services.ts';

export interface NewCloudSession {
  /** Null: no repository. */
  readonly repository: Repository | null;
}

export interface NewSession {
  readonly id: SessionId;
  readonly owner: string | null;
  readonly profile: string;
  /** Null: the default of the profile. */
  readonly model: string | null;
  readonly reasoningEffort: ReasoningEffort | null;
  readonly title: string | null;
  readonly instructions: string | null;
  readonly labels: readonly Label[];
  readonly gitHubToken: string | null;
  readonly clientTools: readonly ClientTool[];
  /** Null: the provider of the profile, or the GitHub account. */
  readonly provider: ModelProvider | null;
  readonly remote: RemoteMode;
  /** Null: the session runs on the machine of the runtime. */
  readonly cloud: NewCloudSession | null;
}

/**
 * Holds the secrets of a new session, runs `open`, and announces the session. When `open` fails, removes everything
 * that the gateway has of the session; what the runtime has of it is for the caller to delete.
 */
export async function establishSession(
  record: SessionRecord,
  { gitHubToken, provider }: Pick<NewSession, 'gitHubToken' | 'provider'>,
  { services, open }: { readonly services: UseCaseServices; readonly open: () => Promise<void> },
): Promise<void> {
  const { gitHubTokens, providerKeys, creatingIds, changes } = services;
  creatingIds.add(record.id);
  try {
    if (gitHubToken !== null) gitHubTokens.set(record.id, gitHubToken);
    if (provider !== null) providerKeys.set(record.id, splitProvider(provider).key);
    await open();
  } catch (error) {
    await removeSessionData(record, services);
    throw error;
  } finally {
    creatingIds.delete(record.id);
  }
  changes.emitCreated(record);
}
