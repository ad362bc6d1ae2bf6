import { GatewayError } from '../../errors/gateway-error.ts';
import type { SessionId } from '../../events/ids.ts';
import type { RemoteMode } from '../../store/session-store.ts';
import { checkClientTools } from '../link/client-tools.ts';
import { checkSharing } from '../link/sharing.ts';
import { deleteRuntimeSession } from '../runtime/runtime.ts';
import type { SessionServices } from '../services.ts';
import type { Session } from '../session/session.ts';
import { checkInitialModel } from './change-model.ts';
import { createCloudSession } from './create-cloud-session.ts';
import { createSessionRecord, type NewSession } from './new-session.ts';
import type { OpenSessions } from './open-sessions.ts';
import type { SessionChanges } from './session-changes.ts';
import { setRemoteMode } from './set-remote-mode.ts';

interface CreateOptions extends Pick<
  SessionServices,
  'store' | 'workspaces' | 'profiles' | 'runtime' | 'gitHubTokens' | 'providerKeys' | 'logger'
> {
  readonly open: OpenSessions;
  readonly changes: SessionChanges;
  /** What is not announced yet has no updates. */
  readonly creating: Set<string>;
}

/** @throws Failure SESSION_EXISTS, and whatever the runtime fails with: then nothing was created */
export async function createSession(input: NewSession, options: CreateOptions): Promise<SessionId> {
  const { store, workspaces, gitHubTokens, providerKeys, open, changes, creating } = options;
  if (input.cloud) return createCloudSession(input, input.cloud, options);
  const record = createSessionRecord(input, options);
  if (!(await store.insert(record))) {
    throw new GatewayError('SESSION_EXISTS', 'sessionId: there is a session of this name.');
  }
  creating.add(record.id);
  if (input.gitHubToken !== null) gitHubTokens.setSessionToken(record.id, input.gitHubToken);
  if (input.provider !== null) providerKeys.set(record.id, input.provider);
  try {
    await checkInitialModel({ ...record, model: input.model }, options);
    await checkClientTools(record, options);
    if (input.remote !== 'off') checkSharing(record, options);
    await open.use(record.id, (session) => attachNewSession(session, input.remote, options));
  } catch (error) {
    open.drop(record.id);
    gitHubTokens.setSessionToken(record.id, undefined);
    providerKeys.set(record.id, undefined);
    await workspaces.removeDirectory(record);
    await store.remove(record.id);
    throw error;
  } finally {
    creating.delete(record.id);
  }
  changes.emitCreated(record);
  return record.id;
}

async function attachNewSession(
  session: Session,
  remote: RemoteMode,
  options: CreateOptions,
): Promise<void> {
  await session.attach({ create: true });
  if (remote === 'off') return;
  try {
    await setRemoteMode(session, remote, options);
  } catch (error) {
    await deleteRuntimeSession(session.id, options.runtime).catch(() => undefined);
    throw error;
  }
}
