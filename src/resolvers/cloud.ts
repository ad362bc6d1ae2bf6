import type { NewCloud } from '../copilot/sessions/new-session.ts';
import { badInput } from './input.ts';

interface RepositoryInput {
  readonly owner: string;
  readonly name: string;
  readonly branch?: string | null | undefined;
}

export interface CloudInput {
  readonly repository?: RepositoryInput | null | undefined;
}

const OWNER = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
const NAME = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;
const BRANCH = /^[^\s\p{Cc}]{1,255}$/u;

/** What is the runtime's to apply: GitHub's machines are told nothing of it. */
const ofRuntime = [
  'model',
  'reasoningEffort',
  'instructions',
  'clientTools',
  'provider',
] as const satisfies readonly string[];

type OfRuntime = Partial<Readonly<Record<(typeof ofRuntime)[number], unknown>>>;

/** Null: on the runtime's machine. @throws Failure BAD_USER_INPUT that names the field */
export function checkCloud(
  cloud: CloudInput | null | undefined,
  beside: OfRuntime & { readonly sessionId?: unknown; readonly remote?: unknown },
): NewCloud | null {
  if (cloud == null) return null;
  if (beside.sessionId != null) {
    throw badInput('sessionId', 'GitHub chooses that of a cloud session');
  }
  if (beside.remote !== 'off') throw badInput('remote', 'a cloud session is on GitHub anyway');
  const ignored = ofRuntime.find((field) => beside[field] != null);
  if (ignored !== undefined) throw badInput(ignored, 'a cloud session takes none');
  return { repository: cloud.repository ? repositoryOf(cloud.repository) : null };
}

function repositoryOf({ owner, name, branch = null }: RepositoryInput): NewCloud['repository'] {
  if (!OWNER.test(owner)) throw badInput('cloud.repository.owner', 'must be a name on GitHub');
  if (!NAME.test(name)) throw badInput('cloud.repository.name', 'must be a name on GitHub');
  if (branch !== null && !BRANCH.test(branch)) {
    throw badInput('cloud.repository.branch', 'must be the name of a branch');
  }
  return { owner, name, branch };
}
