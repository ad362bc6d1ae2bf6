import { Failure } from '../../errors/gateway-error.ts';
import { RecentMap } from '../../events/recent-map.ts';
import type { SessionRecord } from '../../store/session-directory.ts';
import type { Profile } from './profiles.ts';

const MAX_OWNERS = 10_000;

type Account = Pick<SessionRecord, 'id' | 'owner' | 'gitHubAccount'>;

/** GitHub tokens of sessions and of those who sign in with one. In memory only: they end with the gateway. */
export class GitHubTokens {
  readonly #ofSessions = new Map<string, string>();
  readonly #ofOwners = new RecentMap<string, string>(MAX_OWNERS);

  /** From now on it is the one of the owner's sessions. */
  signedIn(owner: string, token: string): void {
    this.#ofOwners.set(owner, token);
  }

  /** @param token undefined: none any more. @returns the one before */
  give(sessionId: string, token: string | undefined): string | undefined {
    const before = this.#ofSessions.get(sessionId);
    if (token === undefined) this.#ofSessions.delete(sessionId);
    else this.#ofSessions.set(sessionId, token);
    return before;
  }

  copy(from: string, to: string): void {
    this.give(to, this.#ofSessions.get(from));
  }

  /** Whose account a new session uses. */
  accountOf(
    { gitHubToken, owner }: { readonly gitHubToken: string | null; readonly owner: string | null },
    { provider }: Pick<Profile, 'provider'>,
  ): SessionRecord['gitHubAccount'] {
    if (gitHubToken !== null) return 'session';
    const isSignedIn = owner !== null && this.#ofOwners.get(owner) !== undefined;
    return isSignedIn && provider === null ? 'owner' : 'server';
  }

  /**
   * Undefined: the session uses the server's account or provider.
   * @throws Failure GITHUB_AUTH_REQUIRED: the server's must not stand in for one that is not there any more
   */
  of({ id, owner, gitHubAccount }: Account): string | undefined {
    if (gitHubAccount === 'server') return undefined;
    const token =
      gitHubAccount === 'session' ? this.#ofSessions.get(id) : this.#ofOwners.get(owner ?? '');
    if (token !== undefined) return token;
    throw new Failure(
      'GITHUB_AUTH_REQUIRED',
      'The GitHub token of this session is not known any more: call updateSessionCredentials.',
    );
  }
}

/** @throws Failure BAD_USER_INPUT: the runtime takes only one of the two */
export function refuseTokenBesideProvider({ provider }: Profile): void {
  if (provider === null) return;
  throw new Failure(
    'BAD_USER_INPUT',
    'gitHubToken: the session has a model provider, beside which no token can be used',
  );
}
