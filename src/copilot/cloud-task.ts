import type { CopilotSession, ResumeSessionConfig } from '@github/copilot-sdk';

import type { Repository } from '../directory/session-directory.ts';
import { Failure } from '../events/failure.ts';
import type { Runtime } from './runtime.ts';
import { isFailure } from './runtime-failure.ts';
import { ownConfig } from './session-config.ts';

/** The newest that is known to have cloud sessions. */
const NEWEST_VERSION = [1, 0, 79] as const;

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
    throw taskFailure(error, gitHubToken !== undefined, runtime);
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

/** Over the wire a refusal is nothing but GitHub's words. */
function taskFailure(error: unknown, hasToken: boolean, runtime: Runtime): unknown {
  if (isFailure(error, 'NOT_SUPPORTED')) return missingSupport(hasToken, runtime);
  if (!(error instanceof Error) || error instanceof Failure) return error;
  if (/polic|not enabled|not allowed|administrator|forbidden/i.test(error.message)) {
    return new Failure('POLICY_BLOCKED', 'A policy of the organisation does not allow it.', {
      cause: error,
    });
  }
  if (/events? found for task|waiting for the remote sandbox/i.test(error.message)) {
    return new Failure('CLOUD_START_TIMEOUT', 'GitHub gave no machine in time.', { cause: error });
  }
  return error;
}

/** Without an account, every version answers as one without cloud sessions. */
function missingSupport(hasToken: boolean, { status }: Runtime): Failure {
  const { version, auth } = status;
  if (!hasToken && auth?.isAuthenticated === false && mayHaveCloud(version)) {
    return new Failure('GITHUB_AUTH_REQUIRED', 'The runtime is not signed in to GitHub.');
  }
  return new Failure(
    'NOT_SUPPORTED',
    `cloud: version ${version ?? 'unknown'} of the runtime has no cloud sessions.`,
  );
}

function mayHaveCloud(version: string | null): boolean {
  const parts = (version ?? '').split('.').map(Number);
  for (const [index, newest] of NEWEST_VERSION.entries()) {
    const part = parts[index] ?? Number.NaN;
    if (part !== newest) return part < newest;
  }
  return true;
}
