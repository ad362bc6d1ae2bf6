import { createHash } from 'node:crypto';

import { z } from 'zod';

import { admit, type AllowedViewers } from './allowed-viewers.ts';
import { type Authentication, type Check, refused } from './authentication.ts';

export interface GitHubConfig extends AllowedViewers {
  readonly kind: 'github';
  readonly apiUrl: string;
  /** How long an answer of GitHub about a token counts. */
  readonly cacheMs: number;
}

interface Known {
  readonly authentication: Promise<Authentication>;
  readonly until: number;
}

const FETCH_TIMEOUT_MS = 5_000;
const MAX_KNOWN = 10_000;
const UNAUTHORIZED = 401;

const account = z.object({ id: z.int().positive(), login: z.string() });

/** Tokens of GitHub accounts. The viewer is the account's number: a login can be given to somebody else. */
export function gitHubCheck(config: GitHubConfig): Check {
  const known = new Map<string, Known>();
  return (token) => {
    const key = createHash('sha256').update(token).digest('hex');
    const found = known.get(key);
    if (found && found.until > Date.now()) return found.authentication;
    const authentication = ask(token, config).catch(() => {
      known.delete(key);
      return refused('GitHub cannot be asked right now; try again in a moment.');
    });
    known.delete(key);
    known.set(key, { authentication, until: Date.now() + config.cacheMs });
    if (known.size > MAX_KNOWN) forgetOldest(known);
    return authentication;
  };
}

async function ask(token: string, config: GitHubConfig): Promise<Authentication> {
  const answer = await fetch(`${config.apiUrl.replace(/\/$/, '')}/user`, {
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/vnd.github+json',
      'user-agent': 'copilot-graphql-gateway',
    },
    redirect: 'error',
    signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
  });
  if (answer.status === UNAUTHORIZED) return refused('GitHub does not accept this token.');
  if (!answer.ok) throw new Error(`GitHub answered with status ${answer.status}`);
  const { id, login } = account.parse(await answer.json());
  return admit({ key: String(id), name: login }, config, null);
}

function forgetOldest(known: Map<string, Known>): void {
  const [oldest] = known.keys();
  if (oldest !== undefined) known.delete(oldest);
}
