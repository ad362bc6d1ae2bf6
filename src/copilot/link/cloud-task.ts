import type { CopilotSession, ResumeSessionConfig } from '@github/copilot-sdk';

import { createRuntimeNotSignedInError } from '../../errors/common-errors.ts';
import { GatewayError, isGatewayError } from '../../errors/gateway-error.ts';
import type { Repository } from '../../store/session-store.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { baseSessionConfig } from './session-config.ts';

interface NewCloudTask {
  readonly repository: Repository | null;
  /** Undefined: the account of the server. */
  readonly gitHubToken: string | undefined;
}

/** Builds the config of a cloud session. All other settings are those of the worker. */
export function buildCloudConfig(gitHubToken: string | undefined): ResumeSessionConfig {
  return {
    ...baseSessionConfig,
    availableTools: [],
    ...(gitHubToken === undefined ? {} : { gitHubToken }),
  };
}

/**
 * Creates a cloud session; GitHub starts its machine later. Returns the id of the session, which GitHub assigns.
 *
 * @throws {GatewayError} POLICY_BLOCKED, NOT_SUPPORTED, GITHUB_AUTH_REQUIRED, CLOUD_START_TIMEOUT
 */
export async function createCloudTask(
  { repository, gitHubToken }: NewCloudTask,
  runtime: Runtime,
): Promise<string> {
  const cloud = repository ? { repository: toRuntimeRepository(repository) } : {};
  let creating: Promise<CopilotSession> | undefined;
  try {
    const created = await runtime.call(
      (client) => (creating = client.createSession({ ...buildCloudConfig(gitHubToken), cloud })),
    );
    return created.sessionId;
  } catch (error) {
    // The session may still be created after the timeout, and would stay attached without a record.
    creating?.then((late) => runtime.call(() => late.disconnect())).catch(() => undefined);
    throw toCloudTaskError(error, runtime);
  }
}

function toRuntimeRepository({ owner, name, branch }: Repository): {
  owner: string;
  name: string;
  branch?: string;
} {
  return { owner, name, ...(branch === null ? {} : { branch }) };
}

/**
 * Resumes a cloud session. The runtime forgets it when its last client leaves, and then has to find it on GitHub.
 *
 * @throws {GatewayError} RUNTIME_UNAVAILABLE when the runtime's account does not find the session on GitHub
 */
export async function resumeCloudTask(
  id: string,
  config: ResumeSessionConfig,
  runtime: Runtime,
): Promise<CopilotSession> {
  const resume = (): Promise<CopilotSession> =>
    runtime.call((client) => client.resumeSession(id, config));
  try {
    return await resume();
  } catch (error) {
    if (!isGatewayError(error, 'SESSION_NOT_FOUND')) throw error;
    await connectCloudTask(id, runtime);
    return resume();
  }
}

async function connectCloudTask(sessionId: string, runtime: Runtime): Promise<void> {
  try {
    await runtime.call((client) => client.rpc.sessions.connect({ sessionId }));
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    throw new GatewayError(
      'RUNTIME_UNAVAILABLE',
      "The runtime's GitHub account does not find this cloud session.",
      { cause: error },
    );
  }
}

/** The runtime reports rejections of GitHub as text only. */
function toCloudTaskError(error: unknown, { status }: Runtime): unknown {
  if (isGatewayError(error, 'NOT_SUPPORTED')) {
    const version = status.version ?? 'unknown';
    const message = `cloud: version ${version} of the runtime has no cloud sessions.`;
    return new GatewayError('NOT_SUPPORTED', message, { cause: error });
  }
  if (!(error instanceof Error) || error instanceof GatewayError) return error;
  const [, createError] = errorPatterns.find(([pattern]) => pattern.test(error.message)) ?? [];
  return createError?.({ cause: error }) ?? error;
}

const errorPatterns: readonly (readonly [RegExp, (options: ErrorOptions) => GatewayError])[] = [
  [/requires authentication/i, createRuntimeNotSignedInError],
  [
    /polic|not enabled|not allowed|administrator|forbidden/i,
    (options) =>
      new GatewayError(
        'POLICY_BLOCKED',
        'cloud: a policy of the organization does not allow cloud sessions.',
        options,
      ),
  ],
  [
    /events? found for task|waiting for the remote sandbox/i,
    (options) =>
      new GatewayError('CLOUD_START_TIMEOUT', 'GitHub did not start a machine in time.', options),
  ],
];
