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

/** The GitHub token that one attached session has in the runtime, which keeps no token over a detach. */
export class SessionToken {
  readonly #options: SessionTokenOptions;
  #installed: string | undefined;
  #isMissingReported = false;

  constructor(options: SessionTokenOptions) {
    this.#options = options;
  }

  /** For a new attachment. @throws Failure GITHUB_AUTH_REQUIRED */
  resolveToken(record: SessionRecord): string | undefined {
    return this.#options.services.gitHubTokens.requireToken(record);
  }

  markInstalled(token: string | undefined): void {
    this.#installed = token;
    this.#isMissingReported = false;
  }

  /** Installs a newer one. @throws Failure GITHUB_AUTH_REQUIRED when it is refused; the earlier one then stays */
  async refresh(attachment: CopilotSession): Promise<void> {
    const { services, log } = this.#options;
    const record = await services.store.find(log.sessionId);
    const token = record && services.gitHubTokens.requireToken(record);
    if (token === undefined || token === this.#installed) return;
    if (!(await this.#install(attachment, token))) {
      if (this.#installed !== undefined) await this.#install(attachment, this.#installed);
      throw createGitHubTokenRejectedError();
    }
    this.markInstalled(token);
  }

  /** Says so on the timeline, once for each time that it is missed. */
  reportMissing(error: unknown, { ownProvider }: SessionRecord): void {
    if (!needsCredentials(error) || this.#isMissingReported) return;
    this.#isMissingReported = true;
    const host = ownProvider && new URL(ownProvider.baseUrl).host;
    this.#options.log.append(
      { occurredAt: new Date(), turnMessageId: null, agentId: null },
      { type: 'credentials.required', host, reason: error.message },
    );
  }

  /** @returns whether GitHub accepts it; the runtime installs it all the same */
  async #install({ rpc }: CopilotSession, token: string): Promise<boolean> {
    const result = await this.#options.services.runtime.call(async () => {
      const { host = GITHUB } = await rpc.gitHubAuth.getStatus();
      return rpc.gitHubAuth.setCredentials({ credentials: { type: 'token', host, token } });
    });
    return result.success && result.copilotUserResolved === true;
  }
}

/** A token, or the key of a provider, must be given. */
export function needsCredentials(error: unknown): error is GatewayError {
  return (
    isGatewayError(error, 'GITHUB_AUTH_REQUIRED') || isGatewayError(error, 'MODEL_AUTHENTICATION')
  );
}
