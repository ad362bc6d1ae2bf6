import type { NewCloudSession } from '../../copilot/sessions/new-session.ts';
import { createInputError } from '../../errors/common-errors.ts';

interface RepositoryInput {
  readonly owner: string;
  readonly name: string;
  readonly branch?: string | null | undefined;
}

export interface CloudInput {
  readonly repository?: RepositoryInput | null | undefined;
}

const OWNER_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
const REPOSITORY_NAME = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;
const BRANCH_NAME = /^[^\s\p{Cc}]{1,255}$/u;

/** Settings that only a local runtime can apply; they are not sent to the machines of GitHub. */
const runtimeOnlyFields = [
  'model',
  'reasoningEffort',
  'instructions',
  'clientTools',
  'provider',
] as const satisfies readonly string[];

type RuntimeOnlyFields = Partial<Readonly<Record<(typeof runtimeOnlyFields)[number], unknown>>>;

/**
 * Returns null for a local session.
 *
 * @param otherInput contains the fields that must not be given for a cloud session
 * @throws {GatewayError} BAD_USER_INPUT
 */
export function validateCloud(
  cloud: CloudInput | null | undefined,
  otherInput: RuntimeOnlyFields & { readonly sessionId?: unknown; readonly remote?: unknown },
): NewCloudSession | null {
  if (cloud == null) return null;
  if (otherInput.sessionId != null) {
    throw createInputError(
      'sessionId',
      'must be omitted for cloud sessions (GitHub assigns the id)',
    );
  }
  if (otherInput.remote !== 'off') {
    throw createInputError('remote', 'must be OFF for cloud sessions, which are on GitHub already');
  }
  const givenField = runtimeOnlyFields.find((field) => otherInput[field] != null);
  if (givenField !== undefined) {
    throw createInputError(givenField, 'must be omitted for cloud sessions');
  }
  return { repository: cloud.repository ? validateRepository(cloud.repository) : null };
}

function validateRepository({
  owner,
  name,
  branch = null,
}: RepositoryInput): NewCloudSession['repository'] {
  if (!OWNER_NAME.test(owner)) {
    throw createInputError(
      'cloud.repository.owner',
      'must be the name of a GitHub user or organization',
    );
  }
  if (!REPOSITORY_NAME.test(name)) {
    throw createInputError('cloud.repository.name', 'must be the name of a GitHub repository');
  }
  if (branch !== null && !BRANCH_NAME.test(branch)) {
    throw createInputError(
      'cloud.repository.branch',
      'must be a branch name of 1 to 255 characters',
    );
  }
  return { owner, name, branch };
}
