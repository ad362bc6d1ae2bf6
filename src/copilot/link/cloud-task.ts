import type { CopilotSession, ResumeSessionConfig } from '@github/copilot-sdk';

import { createRuntimeNotSignedInError } from '../../errors/common-errors.ts';
import { GatewayError, isGatewayError } from '../../errors/gateway-error.ts';
import type { Repository } from '../../store/session-store.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { baseSessionConfig } from './session-config.ts';

interface NewCloudTask {
  readonly repository: Repository | null;
  /** Absent: the server's own account. */
  readonly gitHubToken: string | undefined;
}

/** What the runtime is told of a cloud session: all else is the worker's. */
export function buildCloudConfig(gitHubToken: string | undefined): ResumeSessionConfig {
  return {
    ...baseSessionConfig,
    availableTools: [],
    ...(gitHubToken === undefined ? {} : { gitHubToken }),
  };
}

/**
 * Asks GitHub for a machine. It is there later.
 * @returns the session's id, which GitHub chooses
 * @throws Failure POLICY_BLOCKED, NOT_SUPPORTED, GITHUB_AUTH_REQUIRED, CLOUD_START_TIMEOUT
 */
export async function createCloudTask(
  { repository, gitHubToken }: NewCloudTask,
  runtime: Runtime,
): Promise<string> {
  const cloud = repository ? { repository: toRuntimeRepository(repository) } : {};
  let making: Promise<CopilotSession> | undefined;
  try {
    const made = await runtime.call(
      (client) => (making = client.createSession({ ...buildCloudConfig(gitHubToken), cloud })),
    );
    return made.sessionId;
  } catch (error) {
    // It may still be made after the deadline: nobody would know of it.
    making?.then((late) => runtime.call(() => late.disconnect())).catch(() => undefined);
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
 * The runtime forgets a cloud session with its last client, and finds it again on GitHub.
 * @throws Failure RUNTIME_UNAVAILABLE when it does not: for this account, there may be none
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

/** Over the wire a refusal is nothing but words. */
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
