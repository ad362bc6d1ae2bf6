import type { CopilotSession } from '@github/copilot-sdk';

import { createGitHubTokenRejectedError } from '../../errors/common-errors.ts';
import { type GatewayError, isGatewayError } from '../../errors/gateway-error.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import type { SessionServices } from '../services.ts';

interface SessionTokenOptions {
  readonly services: SessionServices;
  readonly log: SessionLog;
}

const GITHUB = 'https://github.com';

/**
 * The GitHub token of one attached session. The runtime forgets a token when the session is detached, and takes a
 * newer one while the session is attached.
 */
export class SessionToken {
  readonly #options: SessionTokenOptions;
  #installed: string | undefined;
  #isMissingReported = false;

  constructor(options: SessionTokenOptions) {
    this.#options = options;
  }

  /** Returns the token for an attach. @throws {GatewayError} GITHUB_AUTH_REQUIRED */
  resolveToken(record: SessionRecord): string | undefined {
    return this.#options.services.gitHubTokens.requireToken(record);
  }

  markInstalled(token: string | undefined): void {
    this.#installed = token;
    this.#isMissingReported = false;
  }

  /**
   * Installs a newer token, if there is one.
   *
   * @param known the record, if the operation has read it
   * @throws {GatewayError} GITHUB_AUTH_REQUIRED when GitHub rejects it; the earlier token then stays
   */
  async refresh(sdkSession: CopilotSession, known: SessionRecord | undefined): Promise<void> {
    const { services, log } = this.#options;
    const record = known ?? (await services.store.find(log.sessionId));
    const token = record && services.gitHubTokens.requireToken(record);
    if (token === undefined || token === this.#installed) return;
    if (!(await this.#install(sdkSession, token))) {
      if (this.#installed !== undefined) await this.#install(sdkSession, this.#installed);
      throw createGitHubTokenRejectedError();
    }
    this.markInstalled(token);
  }

  /** Appends `credentials.required` to the log if the error is about credentials: once until a token is installed. */
  reportMissing(error: unknown, { ownProvider }: SessionRecord): void {
    if (!needsCredentials(error) || this.#isMissingReported) return;
    this.#isMissingReported = true;
    const host = ownProvider && new URL(ownProvider.baseUrl).host;
    this.#options.log.append(
      { occurredAt: new Date(), turnMessageId: null, agentId: null },
      { type: 'credentials.required', host, reason: error.message },
    );
  }

  /** Returns whether GitHub accepts the token. The runtime installs it in either case. */
  async #install({ rpc }: CopilotSession, token: string): Promise<boolean> {
    const result = await this.#options.services.runtime.call(async () => {
      const { host = GITHUB } = await rpc.gitHubAuth.getStatus();
      return rpc.gitHubAuth.setCredentials({ credentials: { type: 'token', host, token } });
    });
    return result.success && result.copilotUserResolved === true;
  }
}

/** Returns whether a client must provide a token, or the key of a provider, before the session can be attached. */
export function needsCredentials(error: unknown): error is GatewayError {
  return (
    isGatewayError(error, 'GITHUB_AUTH_REQUIRED') || isGatewayError(error, 'MODEL_AUTHENTICATION')
  );
}
