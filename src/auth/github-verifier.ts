import { createHash } from 'node:crypto';

import { z } from 'zod';

import { type AllowedViewers,authorize } from './allowed-viewers.ts';
import { type Authentication, refuseCaller,type TokenVerifier } from './authentication.ts';

export interface GitHubConfig extends AllowedViewers {
  readonly kind: 'github';
  readonly apiUrl: string;
  /** How long an answer of GitHub about a token counts. */
  readonly cacheMs: number;
}

interface CachedAuthentication {
  readonly authentication: Promise<Authentication>;
  readonly validUntil: number;
}

const FETCH_TIMEOUT_MS = 5_000;
const MAX_CACHED_TOKENS = 10_000;
const UNAUTHORIZED = 401;

const account = z.object({ id: z.int().positive(), login: z.string() });

/** Tokens of GitHub accounts. The viewer is the account's number: a login can be given to somebody else. */
export function createGitHubVerifier(config: GitHubConfig): TokenVerifier {
  const cache = new Map<string, CachedAuthentication>();
  return (token) => {
    const key = createHash('sha256').update(token).digest('hex');
    const found = cache.get(key);
    if (found && found.validUntil > Date.now()) return found.authentication;
    const authentication = fetchAuthentication(token, config).catch(() => {
      cache.delete(key);
      return refuseCaller('GitHub cannot be asked right now; try again in a moment.');
    });
    cache.delete(key);
    cache.set(key, { authentication, validUntil: Date.now() + config.cacheMs });
    if (cache.size > MAX_CACHED_TOKENS) evictOldest(cache);
    return authentication;
  };
}

async function fetchAuthentication(token: string, config: GitHubConfig): Promise<Authentication> {
  const answer = await fetch(`${config.apiUrl.replace(/\/$/, '')}/user`, {
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/vnd.github+json',
      'user-agent': 'copilot-graphql-gateway',
    },
    redirect: 'error',
    signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
  });
  if (answer.status === UNAUTHORIZED) return refuseCaller('GitHub does not accept this token.');
  if (!answer.ok) throw new Error(`GitHub answered with status ${answer.status}`);
  const { id, login } = account.parse(await answer.json());
  return authorize({ key: String(id), name: login }, config, null);
}

function evictOldest(cache: Map<string, CachedAuthentication>): void {
  const [oldest] = cache.keys();
  if (oldest !== undefined) cache.delete(oldest);
}
