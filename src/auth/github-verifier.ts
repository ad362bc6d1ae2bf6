import { createHash } from 'node:crypto';

import { z } from 'zod';

import { type AllowedViewers, authorize } from './allowed-viewers.ts';
import { type Authentication, refuseCaller, type TokenVerifier } from './authentication.ts';

export interface GitHubConfig extends AllowedViewers {
  readonly kind: 'github';
  readonly apiUrl: string;
  /** How long GitHub's response about a token is used. */
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

/**
 * Verifies tokens of GitHub accounts. The key of the viewer is the numeric id of the account, because a login can be
 * given up and taken by another person.
 *
 * Responses are cached by the hash of the token, and concurrent operations share one request. A request that failed is
 * not cached.
 */
export function createGitHubVerifier(config: GitHubConfig): TokenVerifier {
  const cache = new Map<string, CachedAuthentication>();
  return (token) => {
    const key = createHash('sha256').update(token).digest('hex');
    const cached = cache.get(key);
    if (cached && cached.validUntil > Date.now()) return cached.authentication;
    const authentication = fetchAuthentication(token, config).catch(() => {
      // A newer entry of the same token is kept.
      if (cache.get(key)?.authentication === authentication) cache.delete(key);
      return refuseCaller('The token cannot be verified at GitHub at present. Retry in a moment.');
    });
    // Deleted first, so that the entry moves to the end of the insertion order, which is the order of eviction.
    cache.delete(key);
    cache.set(key, { authentication, validUntil: Date.now() + config.cacheMs });
    if (cache.size > MAX_CACHED_TOKENS) evictOldest(cache);
    return authentication;
  };
}

async function fetchAuthentication(token: string, config: GitHubConfig): Promise<Authentication> {
  const response = await fetch(`${config.apiUrl.replace(/\/$/, '')}/user`, {
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/vnd.github+json',
      'user-agent': 'copilot-graphql-gateway',
    },
    redirect: 'error',
    signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
  });
  if (response.status === UNAUTHORIZED) return refuseCaller('GitHub rejected the token.');
  if (!response.ok) throw new Error(`GitHub responded with status ${response.status}`);
  const { id, login } = account.parse(await response.json());
  return authorize({ key: String(id), name: login }, config, null);
}

function evictOldest(cache: Map<string, CachedAuthentication>): void {
  const [oldest] = cache.keys();
  if (oldest !== undefined) cache.delete(oldest);
}
