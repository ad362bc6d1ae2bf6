import { Failure } from '../../errors/gateway-error.ts';
import type { SessionId } from '../../events/ids.ts';
import type { RemoteMode } from '../../store/session-directory.ts';
import { checkClientTools } from '../link/client-tools.ts';
import { checkSharing } from '../link/sharing.ts';
import { deleteInRuntime } from '../runtime/runtime.ts';
import type { SessionServices } from '../services.ts';
import type { Session } from '../session/session.ts';
import { checkFirstModel } from './change-model.ts';
import { createCloudSession } from './create-cloud-session.ts';
import { newRecord, type NewSession } from './new-session.ts';
import type { OpenSessions } from './open-sessions.ts';
import type { SessionChanges } from './session-changes.ts';
import { setRemote } from './set-session-remote.ts';

interface CreateOptions extends Pick<
  SessionServices,
  'directory' | 'workspaces' | 'profiles' | 'runtime' | 'gitHubTokens' | 'ownProviders' | 'log'
> {
  readonly open: OpenSessions;
  readonly changes: SessionChanges;
  /** What is not announced yet has no updates. */
  readonly creating: Set<string>;
}

/** @throws Failure SESSION_EXISTS, and whatever the runtime fails with: then nothing was created */
export async function createSession(input: NewSession, options: CreateOptions): Promise<SessionId> {
  const { directory, workspaces, gitHubTokens, ownProviders, open, changes, creating } = options;
  if (input.cloud) return createCloudSession(input, input.cloud, options);
  const record = newRecord(input, options);
  if (!(await directory.insert(record))) {
    throw new Failure('SESSION_EXISTS', 'sessionId: there is a session of this name.');
  }
  creating.add(record.id);
  if (input.gitHubToken !== null) gitHubTokens.give(record.id, input.gitHubToken);
  if (input.provider !== null) ownProviders.give(record.id, input.provider);
  try {
    await checkFirstModel({ ...record, model: input.model }, options);
    await checkClientTools(record, options);
    if (input.remote !== 'off') checkSharing(record, options);
    await open.use(record.id, (session) => make(session, input.remote, options));
  } catch (error) {
    open.drop(record.id);
    gitHubTokens.give(record.id, undefined);
    ownProviders.give(record.id, undefined);
    await workspaces.remove(record);
    await directory.remove(record.id);
    throw error;
  } finally {
    creating.delete(record.id);
  }
  changes.created(record);
  return record.id;
}

async function make(session: Session, remote: RemoteMode, options: CreateOptions): Promise<void> {
  await session.attach({ create: true });
  if (remote === 'off') return;
  try {
    await setRemote(session, remote, options);
  } catch (error) {
    await deleteInRuntime(session.id, options.runtime).catch(() => undefined);
    throw error;
  }
}
