import { GatewayError } from '../../errors/gateway-error.ts';
import type { SessionId } from '../../events/ids.ts';
import { createCloudTask } from '../link/cloud-task.ts';
import { requireSessionProfile } from '../profiles/profiles.ts';
import { deleteRuntimeSession } from '../runtime/runtime.ts';
import { establishSession, type NewCloudSession, type NewSession } from './new-session.ts';
import { createSessionRecord } from './session-record.ts';
import type { UseCaseServices } from './use-case-services.ts';

/**
 * Creates a session on GitHub-hosted compute. The session can be used at once; its worker starts later.
 *
 * @returns its id, which GitHub chooses
 * @throws {GatewayError} POLICY_BLOCKED, and whatever the runtime fails with: then nothing is kept
 */
export async function createCloudSession(
  input: NewSession,
  cloud: NewCloudSession,
  services: UseCaseServices,
): Promise<SessionId> {
  const { profiles, runtime, store, gitHubTokens, openSessions } = services;
  if (!requireSessionProfile({ ...input, ownProvider: null }, profiles).allowsCloud) {
    throw new GatewayError('POLICY_BLOCKED', 'cloud: the profile does not allow cloud sessions');
  }
  // GitHub's machines do not use the provider of the profile.
  const gitHubAccount = gitHubTokens.chooseAccount(input, { provider: null });
  const gitHubToken =
    input.gitHubToken ?? gitHubTokens.requireToken({ ...input, id: '', gitHubAccount });
  const id = (await createCloudTask({ ...cloud, gitHubToken }, runtime)) as SessionId;
  const { gitHubToken: _token, provider: _provider, remote: _remote, ...settings } = input;
  const { cloud: _cloud, ...given } = settings;
  const record = createSessionRecord({
    ...given,
    id,
    titleChosen: input.title !== null,
    repository: cloud.repository,
    location: 'cloud',
    isStarting: true,
    remoteSteerable: true,
    gitHubAccount,
    // The runtime lists no cloud session, so that it could not be found to have messages later.
    hasMessages: true,
  });
  const open = async (): Promise<void> => {
    await store.insert(record);
    await openSessions.use(id, ({ session }) => session.attach());
  };
  const secrets = { gitHubToken: input.gitHubToken, provider: null };
  try {
    await establishSession(record, secrets, { services, open });
  } catch (error) {
    await discardCloudTask(id, services);
    throw error;
  }
  return id;
}

async function discardCloudTask(id: string, { runtime, logger }: UseCaseServices): Promise<void> {
  await deleteRuntimeSession(id, runtime).catch((error: unknown) => {
    logger.warn({ err: error, sessionId: id }, 'failed to delete unfinished cloud session');
  });
}
