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

/** What is the runtime's to apply: GitHub's machines are told nothing of it. */
const runtimeOnlyFields = [
  'model',
  'reasoningEffort',
  'instructions',
  'clientTools',
  'provider',
] as const satisfies readonly string[];

type RuntimeOnlyFields = Partial<Readonly<Record<(typeof runtimeOnlyFields)[number], unknown>>>;

/** Null: on the runtime's machine. @throws Failure BAD_USER_INPUT that names the field */
export function validateCloud(
  cloud: CloudInput | null | undefined,
  beside: RuntimeOnlyFields & { readonly sessionId?: unknown; readonly remote?: unknown },
): NewCloudSession | null {
  if (cloud == null) return null;
  if (beside.sessionId != null) {
    throw createInputError('sessionId', 'GitHub chooses that of a cloud session');
  }
  if (beside.remote !== 'off')
    throw createInputError('remote', 'a cloud session is on GitHub anyway');
  const ignored = runtimeOnlyFields.find((field) => beside[field] != null);
  if (ignored !== undefined) throw createInputError(ignored, 'a cloud session takes none');
  return { repository: cloud.repository ? validateRepository(cloud.repository) : null };
}

function validateRepository({
  owner,
  name,
  branch = null,
}: RepositoryInput): NewCloudSession['repository'] {
  if (!OWNER_NAME.test(owner))
    throw createInputError('cloud.repository.owner', 'must be a name on GitHub');
  if (!REPOSITORY_NAME.test(name))
    throw createInputError('cloud.repository.name', 'must be a name on GitHub');
  if (branch !== null && !BRANCH_NAME.test(branch)) {
    throw createInputError('cloud.repository.branch', 'must be the name of a branch');
  }
  return { owner, name, branch };
}
