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
  /** Null: the session is local. */
  readonly worker: CloudWorker | null;
  readonly onEvent: (event: RuntimeEvent) => void;
  /** Undefined: the session uses the account or the provider of the server. */
  readonly gitHubToken: string | undefined;
}

export interface OpenedSession {
  readonly sdkSession: CopilotSession;
  /** Whether the session was created in the runtime, which then has no history of it. */
  readonly isNew: boolean;
}

/**
 * Creates or resumes the session in the runtime. A session that the runtime has lost before writing it to disk is
 * created again.
 *
 * @throws {GatewayError} SESSION_NOT_FOUND when another client has deleted the session; it is then deleted here as well
 */
export async function openSdkSession(
  record: SessionRecord,
  options: OpenSdkSessionOptions,
): Promise<OpenedSession> {
  const { services, worker, create = false } = options;
  if (worker) {
    return { sdkSession: await openCloudSession(record.id, worker, options), isNew: false };
  }
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
  const sdkSession = await resumeCloudTask(
    id,
    { ...buildCloudConfig(gitHubToken), onEvent },
    runtime,
  );
  runtime.cloudEventLogs.set(
    id,
    mapEventLog(sdkSession, (event) => worker.rewriteEvent(event)),
  );
  return sdkSession;
}

/** A runtime that was killed while it first wrote a session to disk lists the session, but cannot resume it. */
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
