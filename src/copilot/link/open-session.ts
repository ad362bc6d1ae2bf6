import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { SessionRecord } from '../../store/session-directory.ts';
import { translatedLog } from '../runtime/event-log.ts';
import { isFailure } from '../runtime/sdk-errors.ts';
import type { SessionServices } from '../services.ts';
import { runtimeTools } from './client-tools.ts';
import { cloudConfig, resumeTask } from './cloud-task.ts';
import type { CloudWorker } from './cloud-worker.ts';
import { sessionConfig } from './session-config.ts';

export interface AttachOptions {
  /** Made anew instead of resumed. */
  readonly create?: boolean;
  readonly continuePendingWork?: boolean;
  /** Also when it is attached, for what the runtime takes only then; what runs goes on. */
  readonly anew?: boolean;
}

interface OpenOptions extends AttachOptions {
  readonly services: SessionServices;
  /** Null: it does not run in the cloud. */
  readonly worker: CloudWorker | null;
  readonly onEvent: (event: RuntimeEvent) => void;
  /** Absent: the server's own account or provider. */
  readonly gitHubToken: string | undefined;
}

export interface Opened {
  readonly attachment: CopilotSession;
  /** The runtime had nothing of it. */
  readonly isNew: boolean;
}

/**
 * Makes or resumes the session. One that the runtime has lost before it wrote it down is made anew.
 * @throws Failure SESSION_NOT_FOUND when it was deleted; then it is forgotten here as well
 */
export async function openInRuntime(record: SessionRecord, options: OpenOptions): Promise<Opened> {
  const { services, worker, create = false } = options;
  if (worker) return { attachment: await openTask(record.id, worker, options), isNew: false };
  try {
    return { attachment: await open(record, options), isNew: create };
  } catch (error) {
    if (!isFailure(error, 'SESSION_NOT_FOUND')) throw error;
    if (await wasDeleted(record, services)) {
      services.gone(record.id);
      throw error;
    }
    return { attachment: await open(record, { ...options, create: true }), isNew: true };
  }
}

async function openTask(
  id: string,
  worker: CloudWorker,
  { services: { runtime }, onEvent, gitHubToken }: OpenOptions,
): Promise<CopilotSession> {
  await worker.recall();
  const attachment = await resumeTask(id, { ...cloudConfig(gitHubToken), onEvent }, runtime);
  runtime.cloudLogs.set(
    id,
    translatedLog(attachment, (event) => worker.told(event)),
  );
  return attachment;
}

/** A runtime that is killed while it writes a session down for the first time lists it and cannot resume it. */
async function wasDeleted(
  { id, hasMessages }: SessionRecord,
  { runtime }: SessionServices,
): Promise<boolean> {
  if (!hasMessages) return false;
  return (await runtime.call((client) => client.getSessionMetadata(id))) === undefined;
}

async function open(record: SessionRecord, options: OpenOptions): Promise<CopilotSession> {
  const { runtime, profiles, workspaces, ownProviders } = options.services;
  const profile = ownProviders.profileOf(record, profiles);
  const workingDirectory = await workspaces.open(record);
  const tools = runtimeTools(record.clientTools, profile);
  const config = {
    ...sessionConfig(record, profile, workingDirectory),
    ...(tools.length > 0 && { tools }),
    onEvent: options.onEvent,
    ...(options.gitHubToken === undefined ? {} : { gitHubToken: options.gitHubToken }),
  };
  return runtime.call((client) =>
    options.create
      ? client.createSession({ ...config, sessionId: record.id })
      : client.resumeSession(record.id, {
          ...config,
          continuePendingWork: options.continuePendingWork ?? true,
        }),
  );
}
