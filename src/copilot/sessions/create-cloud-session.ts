import { GatewayError } from '../../errors/gateway-error.ts';
import type { SessionId } from '../../events/ids.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import { createCloudTask } from '../link/cloud-task.ts';
import { requireSessionProfile } from '../profiles/profiles.ts';
import { deleteRuntimeSession } from '../runtime/runtime.ts';
import type { SessionServices } from '../services.ts';
import type { NewCloudSession, NewSession } from './new-session.ts';
import type { OpenSessions } from './open-sessions.ts';
import type { SessionChanges } from './session-changes.ts';

interface CreateCloudOptions extends Pick<
  SessionServices,
  'store' | 'profiles' | 'runtime' | 'gitHubTokens' | 'logger'
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
  cloud: NewCloudSession,
  options: CreateCloudOptions,
): Promise<SessionId> {
  const { runtime, store, gitHubTokens, open, changes, creating } = options;
  if (!requireSessionProfile({ ...input, ownProvider: null }, options.profiles).allowsCloud) {
    throw new GatewayError('POLICY_BLOCKED', 'cloud: the profile does not allow cloud sessions.');
  }
  // Of the provider of its profile GitHub's machines know nothing.
  const gitHubAccount = gitHubTokens.chooseAccount(input, { provider: null });
  const gitHubToken =
    input.gitHubToken ?? gitHubTokens.requireToken({ ...input, id: '', gitHubAccount });
  const id = (await createCloudTask({ ...cloud, gitHubToken }, runtime)) as SessionId;
  const record = createCloudRecord(input, cloud, { id, gitHubAccount });
  creating.add(id);
  try {
    if (input.gitHubToken !== null) gitHubTokens.setSessionToken(id, input.gitHubToken);
    await store.insert(record);
    await open.use(id, (session) => session.attach());
  } catch (error) {
    await discardCloudSession(id, options);
    throw error;
  } finally {
    creating.delete(id);
  }
  changes.emitCreated(record);
  return id;
}

async function discardCloudSession(id: string, options: CreateCloudOptions): Promise<void> {
  const { runtime, store, gitHubTokens, open, logger } = options;
  open.drop(id);
  gitHubTokens.setSessionToken(id, undefined);
  await store.remove(id);
  await deleteRuntimeSession(id, runtime).catch((error: unknown) => {
    logger.warn({ err: error, sessionId: id }, 'unfinished cloud session not deleted');
  });
}

function createCloudRecord(
  {
    gitHubToken: _token,
    provider: _provider,
    cloud: _cloud,
    remote: _remote,
    ...input
  }: NewSession,
  { repository }: NewCloudSession,
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
