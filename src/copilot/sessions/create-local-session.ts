import { GatewayError } from '../../errors/gateway-error.ts';
import type { SessionId } from '../../events/ids.ts';
import type { RemoteMode, SessionRecord } from '../../store/session-store.ts';
import { checkClientTools } from '../link/client-tools.ts';
import { checkSharing } from '../link/sharing.ts';
import { checkTokenAllowed } from '../profiles/github-tokens.ts';
import { requireSessionProfile } from '../profiles/profiles.ts';
import { splitProvider } from '../profiles/provider-keys.ts';
import { deleteRuntimeSession } from '../runtime/runtime.ts';
import { checkInitialModel } from './change-model.ts';
import { establishSession, type NewSession } from './new-session.ts';
import type { SessionInUse } from './open-sessions.ts';
import { createSessionRecord } from './session-record.ts';
import { setRemoteMode } from './set-remote-mode.ts';
import type { UseCaseServices } from './use-case-services.ts';

/**
 * Creates a session on the machine of the runtime.
 *
 * @throws {GatewayError} SESSION_EXISTS, and whatever the runtime fails with: then nothing was created
 */
export async function createLocalSession(
  input: NewSession,
  services: UseCaseServices,
): Promise<SessionId> {
  const record = createLocalRecord(input, services);
  if (!(await services.store.insert(record))) {
    throw new GatewayError('SESSION_EXISTS', 'sessionId: a session with this id already exists');
  }
  const open = async (): Promise<void> => {
    await checkInitialModel({ ...record, model: input.model }, services);
    await checkClientTools(record, services);
    if (input.remote !== 'off') checkSharing(record, services);
    await services.openSessions.use(input.id, (inUse) =>
      attachNewSession(inUse, input.remote, services),
    );
  };
  await establishSession(record, input, { services, open });
  return input.id;
}

function createLocalRecord(
  input: NewSession,
  { profiles, gitHubTokens, providerKeys }: UseCaseServices,
): SessionRecord {
  const { gitHubToken, provider, remote: _remote, cloud: _cloud, ...settings } = input;
  const ownProvider = provider && splitProvider(provider).ownProvider;
  const profile = requireSessionProfile({ ...settings, ownProvider }, profiles);
  if (provider !== null) providerKeys.checkProvider(provider, profile);
  if (gitHubToken !== null) checkTokenAllowed(profile);
  return createSessionRecord({
    ...settings,
    model: settings.model ?? profile.defaultModel,
    titleChosen: settings.title !== null,
    workingDirectory: profile.workingDirectory,
    gitHubAccount: gitHubTokens.chooseAccount(input, profile),
    ownProvider,
  });
}

async function attachNewSession(
  inUse: SessionInUse,
  remote: RemoteMode,
  services: UseCaseServices,
): Promise<void> {
  const { session } = inUse;
  await session.attach({ create: true });
  if (remote === 'off') return;
  try {
    await setRemoteMode(inUse, remote, services);
  } catch (error) {
    await deleteRuntimeSession(session.id, services.runtime).catch(() => undefined);
    throw error;
  }
}
