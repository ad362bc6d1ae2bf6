import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import { isGatewayError } from '../../errors/gateway-error.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import { mapEventLog } from '../runtime/event-log.ts';
import type { SessionServices } from '../services.ts';
import { toRuntimeTools } from './client-tools.ts';
import { buildCloudConfig, resumeCloudTask } from './cloud-task.ts';
import type { CloudWorker } from './cloud-worker.ts';
import { buildSessionConfig } from './session-config.ts';

export interface AttachOptions {
  /** The session is created in the runtime instead of resumed. */
  readonly create?: boolean;
  readonly continuePendingWork?: boolean;
  /** An attached session is detached and attached again, for settings that the runtime accepts only then. */
  readonly reattach?: boolean;
  /** The record as the operation has read it, which saves reading it again while the session is attached. */
  readonly record?: SessionRecord | undefined;
}

interface OpenSdkSessionOptions extends AttachOptions {
  readonly services: SessionServices;
  /** Null: it does not run in the cloud. */
  readonly worker: CloudWorker | null;
  readonly onEvent: (event: RuntimeEvent) => void;
  /** Absent: the server's own account or provider. */
  readonly gitHubToken: string | undefined;
}

export interface OpenedSession {
  readonly sdkSession: CopilotSession;
  /** The runtime had nothing of it. */
  readonly isNew: boolean;
}

/**
 * Makes or resumes the session. One that the runtime has lost before it wrote it down is made anew.
 * @throws Failure SESSION_NOT_FOUND when it was deleted; then it is forgotten here as well
 */
export async function openSdkSession(
  record: SessionRecord,
  options: OpenSdkSessionOptions,
): Promise<OpenedSession> {
  const { services, worker, create = false } = options;
  if (worker)
    return { sdkSession: await openCloudSession(record.id, worker, options), isNew: false };
  try {
    return { sdkSession: await openLocalSession(record, options), isNew: create };
  } catch (error) {
    if (!isGatewayError(error, 'SESSION_NOT_FOUND')) throw error;
    if (await wasDeletedInRuntime(record, services)) {
      services.onSessionGone(record.id);
      throw error;
    }
    return {
      sdkSession: await openLocalSession(record, { ...options, create: true }),
      isNew: true,
    };
  }
}

async function openCloudSession(
  id: string,
  worker: CloudWorker,
  { services: { runtime }, onEvent, gitHubToken }: OpenSdkSessionOptions,
): Promise<CopilotSession> {
  await worker.loadMessageIds();
  const attachment = await resumeCloudTask(
    id,
    { ...buildCloudConfig(gitHubToken), onEvent },
    runtime,
  );
  runtime.cloudEventLogs.set(
    id,
    mapEventLog(attachment, (event) => worker.rewriteEvent(event)),
  );
  return attachment;
}

/** A runtime that is killed while it writes a session down for the first time lists it and cannot resume it. */
async function wasDeletedInRuntime(
  { id, hasMessages }: SessionRecord,
  { runtime }: SessionServices,
): Promise<boolean> {
  if (!hasMessages) return false;
  return (await runtime.call((client) => client.getSessionMetadata(id))) === undefined;
}

async function openLocalSession(
  record: SessionRecord,
  options: OpenSdkSessionOptions,
): Promise<CopilotSession> {
  const { runtime, profiles, workspaces, providerKeys } = options.services;
  const profile = providerKeys.requireProfileWithKey(record, profiles);
  const workingDirectory = await workspaces.ensureDirectory(record);
  const tools = toRuntimeTools(record.clientTools, profile);
  const config = {
    ...buildSessionConfig(record, profile, workingDirectory),
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
