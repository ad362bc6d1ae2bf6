import type { CopilotSession, ResumeSessionConfig } from '@github/copilot-sdk';

import { type ErrorCode, Failure } from '../../errors/gateway-error.ts';
import type { Repository } from '../../store/session-directory.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { isFailure } from '../runtime/sdk-errors.ts';
import { ownConfig } from './session-config.ts';

interface NewTask {
  readonly repository: Repository | null;
  /** Absent: the server's own account. */
  readonly gitHubToken: string | undefined;
}

/** What the runtime is told of a cloud session: all else is the worker's. */
export function cloudConfig(gitHubToken: string | undefined): ResumeSessionConfig {
  return {
    ...ownConfig,
    availableTools: [],
    ...(gitHubToken === undefined ? {} : { gitHubToken }),
  };
}

/**
 * Asks GitHub for a machine. It is there later.
 * @returns the session's id, which GitHub chooses
 * @throws Failure POLICY_BLOCKED, NOT_SUPPORTED, GITHUB_AUTH_REQUIRED, CLOUD_START_TIMEOUT
 */
export async function createTask(
  { repository, gitHubToken }: NewTask,
  runtime: Runtime,
): Promise<string> {
  const cloud = repository ? { repository: repositoryOf(repository) } : {};
  let making: Promise<CopilotSession> | undefined;
  try {
    const made = await runtime.call(
      (client) => (making = client.createSession({ ...cloudConfig(gitHubToken), cloud })),
    );
    return made.sessionId;
  } catch (error) {
    // It may still be made after the deadline: nobody would know of it.
    making?.then((late) => runtime.call(() => late.disconnect())).catch(() => undefined);
    throw taskFailure(error, runtime);
  }
}

function repositoryOf({ owner, name, branch }: Repository): {
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
export async function resumeTask(
  id: string,
  config: ResumeSessionConfig,
  runtime: Runtime,
): Promise<CopilotSession> {
  const resume = (): Promise<CopilotSession> =>
    runtime.call((client) => client.resumeSession(id, config));
  try {
    return await resume();
  } catch (error) {
    if (!isFailure(error, 'SESSION_NOT_FOUND')) throw error;
    await connectTask(id, runtime);
    return resume();
  }
}

async function connectTask(sessionId: string, runtime: Runtime): Promise<void> {
  try {
    await runtime.call((client) => client.rpc.sessions.connect({ sessionId }));
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(
      'RUNTIME_UNAVAILABLE',
      "The runtime's GitHub account does not find this cloud session.",
      { cause: error },
    );
  }
}

/** Over the wire a refusal is nothing but words. */
function taskFailure(error: unknown, { status }: Runtime): unknown {
  if (isFailure(error, 'NOT_SUPPORTED')) {
    const version = status.version ?? 'unknown';
    const message = `cloud: version ${version} of the runtime has no cloud sessions.`;
    return new Failure('NOT_SUPPORTED', message, { cause: error });
  }
  if (!(error instanceof Error) || error instanceof Failure) return error;
  const found = words.find(([pattern]) => pattern.test(error.message));
  if (!found) return error;
  const [, code, message] = found;
  return new Failure(code, message, { cause: error });
}

const words: readonly (readonly [RegExp, ErrorCode, string])[] = [
  [/requires authentication/i, 'GITHUB_AUTH_REQUIRED', 'The runtime is not signed in to GitHub.'],
  [
    /polic|not enabled|not allowed|administrator|forbidden/i,
    'POLICY_BLOCKED',
    'A policy of the organisation does not allow it.',
  ],
  [
    /events? found for task|waiting for the remote sandbox/i,
    'CLOUD_START_TIMEOUT',
    'GitHub gave no machine in time.',
  ],
];
