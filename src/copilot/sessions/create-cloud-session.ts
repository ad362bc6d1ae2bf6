import { Failure } from '../../errors/gateway-error.ts';
import type { SessionId } from '../../events/ids.ts';
import type { SessionRecord } from '../../store/session-directory.ts';
import { createTask } from '../link/cloud-task.ts';
import { profileOfSession } from '../profiles/profiles.ts';
import { deleteInRuntime } from '../runtime/runtime.ts';
import type { SessionServices } from '../services.ts';
import type { NewCloud, NewSession } from './new-session.ts';
import type { OpenSessions } from './open-sessions.ts';
import type { SessionChanges } from './session-changes.ts';

interface CreateCloudOptions extends Pick<
  SessionServices,
  'directory' | 'profiles' | 'runtime' | 'gitHubTokens' | 'log'
> {
  readonly open: OpenSessions;
  readonly changes: SessionChanges;
  /** What is not announced yet has no updates. */
  readonly creating: Set<string>;
}

/**
 * The session is there at once, its worker later.
 * @returns its id, which GitHub chooses
 * @throws Failure POLICY_BLOCKED, and whatever the runtime fails with: then nothing is kept
 */
export async function createCloudSession(
  input: NewSession,
  cloud: NewCloud,
  options: CreateCloudOptions,
): Promise<SessionId> {
  const { runtime, directory, gitHubTokens, open, changes, creating } = options;
  if (!profileOfSession({ ...input, ownProvider: null }, options.profiles).allowsCloud) {
    throw new Failure('POLICY_BLOCKED', 'cloud: the profile does not allow cloud sessions.');
  }
  // Of the provider of its profile GitHub's machines know nothing.
  const gitHubAccount = gitHubTokens.accountOf(input, { provider: null });
  const gitHubToken = input.gitHubToken ?? gitHubTokens.of({ ...input, id: '', gitHubAccount });
  const id = (await createTask({ ...cloud, gitHubToken }, runtime)) as SessionId;
  const record = recordOf(input, cloud, { id, gitHubAccount });
  creating.add(id);
  try {
    if (input.gitHubToken !== null) gitHubTokens.give(id, input.gitHubToken);
    await directory.insert(record);
    await open.use(id, (session) => session.attach());
  } catch (error) {
    await discard(id, options);
    throw error;
  } finally {
    creating.delete(id);
  }
  changes.created(record);
  return id;
}

async function discard(id: string, options: CreateCloudOptions): Promise<void> {
  const { runtime, directory, gitHubTokens, open, log } = options;
  open.drop(id);
  gitHubTokens.give(id, undefined);
  await directory.remove(id);
  await deleteInRuntime(id, runtime).catch((error: unknown) => {
    log.warn({ err: error, sessionId: id }, 'unfinished cloud session not deleted');
  });
}

function recordOf(
  {
    gitHubToken: _token,
    provider: _provider,
    cloud: _cloud,
    remote: _remote,
    ...input
  }: NewSession,
  { repository }: NewCloud,
  own: Pick<SessionRecord, 'id' | 'gitHubAccount'>,
): SessionRecord {
  const now = new Date();
  return {
    ...input,
    ...own,
    ownProvider: null,
    workingDirectory: 'runtime',
    titleChosen: input.title !== null,
    repository,
    location: 'cloud',
    isStarting: true,
    remoteMode: 'off',
    remoteUrl: null,
    remoteSteerable: true,
    // No list of the runtime has it.
    hasMessages: true,
    rewinds: 0,
    createdAt: now,
    updatedAt: now,
  };
}
