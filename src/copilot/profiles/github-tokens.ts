import { LRUCache } from 'lru-cache';

import { GatewayError } from '../../errors/gateway-error.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import type { Profile } from './profiles.ts';
import { SessionSecrets } from './session-secrets.ts';

const MAX_OWNERS = 10_000;

type SessionAccount = Pick<SessionRecord, 'id' | 'owner' | 'gitHubAccount'>;

/** GitHub tokens of sessions, and of viewers who authenticate with one. */
export class GitHubTokens extends SessionSecrets<string> {
  readonly #ownerTokens = new LRUCache<string, string>({ max: MAX_OWNERS });

  /** Sets the token of the sessions of this owner that use the account of their owner. */
  setOwnerToken(owner: string, token: string): void {
    this.#ownerTokens.set(owner, token);
  }

  /** Returns whose account a new session uses. */
  chooseAccount(
    { gitHubToken, owner }: { readonly gitHubToken: string | null; readonly owner: string | null },
    { provider }: Pick<Profile, 'provider'>,
  ): SessionRecord['gitHubAccount'] {
    if (gitHubToken !== null) return 'session';
    const isSignedIn = owner !== null && this.#ownerTokens.get(owner) !== undefined;
    return isSignedIn && provider === null ? 'owner' : 'server';
  }

  /**
   * Returns the token of the session, or undefined when it uses the account or provider of the server.
   *
   * @throws {GatewayError} GITHUB_AUTH_REQUIRED when the token was lost: the account of the server must not replace it
   */
  requireToken({ id, owner, gitHubAccount }: SessionAccount): string | undefined {
    if (gitHubAccount === 'server') return undefined;
    const token = gitHubAccount === 'session' ? this.get(id) : this.#ownerTokens.get(owner ?? '');
    if (token !== undefined) return token;
    throw new GatewayError(
      'GITHUB_AUTH_REQUIRED',
      'The GitHub token of the session is no longer known; call updateSessionCredentials.',
    );
  }
}

/** @throws {GatewayError} BAD_USER_INPUT: the runtime accepts a token or a provider, not both */
export function checkTokenAllowed({ provider }: Profile): void {
  if (provider === null) return;
  throw new GatewayError(
    'BAD_USER_INPUT',
    'gitHubToken: cannot be used in a session that has a model provider',
  );
}
