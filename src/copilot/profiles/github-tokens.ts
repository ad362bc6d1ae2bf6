import { LRUCache } from 'lru-cache';

import { GatewayError } from '../../errors/gateway-error.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import type { Profile } from './profiles.ts';

const MAX_OWNERS = 10_000;

type SessionAccount = Pick<SessionRecord, 'id' | 'owner' | 'gitHubAccount'>;

/** GitHub tokens of sessions and of those who sign in with one. In memory only: they end with the gateway. */
export class GitHubTokens {
  readonly #sessionTokens = new Map<string, string>();
  readonly #ownerTokens = new LRUCache<string, string>({ max: MAX_OWNERS });

  /** From now on it is the one of the owner's sessions. */
  setOwnerToken(owner: string, token: string): void {
    this.#ownerTokens.set(owner, token);
  }

  /** @param token undefined: none any more. @returns the one before */
  setSessionToken(sessionId: string, token: string | undefined): string | undefined {
    const before = this.#sessionTokens.get(sessionId);
    if (token === undefined) this.#sessionTokens.delete(sessionId);
    else this.#sessionTokens.set(sessionId, token);
    return before;
  }

  copySessionToken(from: string, to: string): void {
    this.setSessionToken(to, this.#sessionTokens.get(from));
  }

  /** Whose account a new session uses. */
  chooseAccount(
    { gitHubToken, owner }: { readonly gitHubToken: string | null; readonly owner: string | null },
    { provider }: Pick<Profile, 'provider'>,
  ): SessionRecord['gitHubAccount'] {
    if (gitHubToken !== null) return 'session';
    const isSignedIn = owner !== null && this.#ownerTokens.get(owner) !== undefined;
    return isSignedIn && provider === null ? 'owner' : 'server';
  }

  /**
   * Undefined: the session uses the server's account or provider.
   * @throws Failure GITHUB_AUTH_REQUIRED: the server's must not stand in for one that is not there any more
   */
  requireToken({ id, owner, gitHubAccount }: SessionAccount): string | undefined {
    if (gitHubAccount === 'server') return undefined;
    const token =
      gitHubAccount === 'session'
        ? this.#sessionTokens.get(id)
        : this.#ownerTokens.get(owner ?? '');
    if (token !== undefined) return token;
    throw new GatewayError(
      'GITHUB_AUTH_REQUIRED',
      'The GitHub token of this session is not known any more: call updateSessionCredentials.',
    );
  }
}

/** @throws Failure BAD_USER_INPUT: the runtime takes only one of the two */
export function checkTokenAllowed({ provider }: Profile): void {
  if (provider === null) return;
  throw new GatewayError(
    'BAD_USER_INPUT',
    'gitHubToken: the session has a model provider, beside which no token can be used',
  );
}
