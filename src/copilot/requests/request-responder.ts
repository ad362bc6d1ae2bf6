import type { CopilotSession } from '@github/copilot-sdk';

import { createRequestNotFoundError } from '../../errors/common-errors.ts';
import type { PendingRequest } from '../../events/pending-request.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import { Backoff, doubleDelays } from '../../timing/backoff.ts';
import { DeadlineTimers } from '../../timing/deadline-timers.ts';
import type { SessionServices } from '../services.ts';
import type { PermissionAnswer } from '../translate/session-approval.ts';
import type { CheckedAnswer } from './checked-answer.ts';
import { auditDecision } from './decision-audit.ts';
import type { PendingRequests } from './pending-requests.ts';
import {
  checkAnswer,
  type ClientAnswer,
  createExpiryAnswer,
  type RespondOutcome,
  sendPermission,
} from './request-answer.ts';

/** The session's link to the runtime, as far as the responder uses it. */
interface RequestLink {
  /** Attaches the session, or installs a newer GitHub token if it is attached. */
  attach(options?: { readonly record?: SessionRecord }): Promise<CopilotSession>;
  /** Attaches the session if necessary. */
  ensureAttached(): Promise<CopilotSession>;
}

interface RequestResponderOptions {
  readonly record: SessionRecord;
  readonly services: SessionServices;
  readonly requests: PendingRequests;
  readonly link: RequestLink;
}

const RETRY_DELAYS_MS = doubleDelays(500, 30_000);

/**
 * Sends the answers to the agent's requests: those of clients, those of the policy, and rejections of requests that
 * expire.
 *
 * 1. One answer per request is in flight; the next one is sent only when that one has failed.
 * 2. An expiry is retried with backoff until the runtime accepts it: no request waits forever.
 * 3. Every decision that no user made is audited (see `auditDecision`).
 */
export class RequestResponder {
  readonly #options: RequestResponderOptions;
  readonly #inFlight = new Map<string, Promise<boolean>>();
  readonly #expiryTimers: DeadlineTimers;
  /** Backoff of each request whose expiry the runtime has not accepted, by request id. */
  readonly #expiryBackoffs = new Map<string, Backoff>();

  constructor(options: RequestResponderOptions) {
    this.#options = options;
    this.#expiryTimers = new DeadlineTimers((requestId) => {
      this.#runInBackground(this.#expire(requestId));
    });
    const { events } = options.requests;
    events.on('created', ({ requestId, expiresAt }) => {
      if (expiresAt) this.#expiryTimers.set(requestId, expiresAt);
    });
    events.on('decided', (request, answer) => {
      this.#runInBackground(this.#sendDecision(request, answer));
    });
    events.on('resolved', ({ requestId }) => {
      this.#expiryTimers.clear(requestId);
      this.#expiryBackoffs.delete(requestId);
    });
  }

  /**
   * Sends the answer of a client. The first valid answer counts.
   *
   * @throws {GatewayError} REQUEST_NOT_FOUND when the session never had the request
   * @throws {GatewayError} BAD_USER_INPUT when the answer does not fit the request
   */
  async respond(
    requestId: string,
    answer: ClientAnswer,
    record: SessionRecord,
  ): Promise<RespondOutcome> {
    const { requests, link } = this.#options;
    await link.attach({ record });
    for (;;) {
      const open = requests.find(requestId);
      if (!open) {
        if (requests.wasResolved(requestId)) return 'ALREADY_RESOLVED';
        throw createRequestNotFoundError();
      }
      const checked = checkAnswer(open, answer);
      const earlier = this.#inFlight.get(requestId);
      if (!earlier) {
        return (await this.#sendOnce(requestId, checked)) ? 'ACCEPTED' : 'ALREADY_RESOLVED';
      }
      // When the earlier answer fails, this one is sent.
      await earlier.catch(() => undefined);
    }
  }

  /** Declines a request of the runtime that the gateway does not support. */
  declineSampling(requestId: string): void {
    this.#runInBackground(
      // A response without content declines the request.
      this.#callRuntime(({ rpc }) => rpc.ui.handlePendingSampling({ requestId })),
    );
  }

  stop(): void {
    this.#expiryTimers.clearAll();
  }

  /** Returns false when the runtime had resolved the request before. */
  #sendOnce(requestId: string, answer: CheckedAnswer): Promise<boolean> {
    const sending = this.#send(requestId, answer).finally(() => {
      this.#inFlight.delete(requestId);
    });
    this.#inFlight.set(requestId, sending);
    return sending;
  }

  async #send(requestId: string, { resolution, feedback, send }: CheckedAnswer): Promise<boolean> {
    const { requests } = this.#options;
    requests.expect({ requestId, resolution, feedback });
    try {
      const isAccepted = await this.#callRuntime(send);
      if (isAccepted) requests.resolve({ requestId, resolution, feedback: null }, new Date());
      else requests.withdraw(requestId, new Date());
      return isAccepted;
    } catch (error) {
      requests.clearExpected(requestId);
      throw error;
    }
  }

  async #sendDecision(request: PendingRequest, answer: PermissionAnswer): Promise<void> {
    const { requestId } = request;
    const { requests, link } = this.#options;
    await link.attach();
    // While the session was attached, the runtime may have reported that the request was resolved long ago.
    if (requests.wasResolved(requestId)) return;
    const decision = answer.kind === 'reject' ? 'REJECT' : 'APPROVE_ONCE';
    await auditDecision({ by: 'policy', request, decision }, this.#options, () =>
      this.#callRuntime((sdkSession) => sendPermission(sdkSession, requestId, answer)),
    );
  }

  async #expire(requestId: string): Promise<void> {
    await this.#inFlight.get(requestId)?.catch(() => undefined);
    const open = this.#options.requests.find(requestId);
    if (!open) return;
    try {
      const expiry = { by: 'expiry', request: open.request, decision: 'REJECT' } as const;
      await auditDecision(expiry, this.#options, () =>
        this.#sendOnce(requestId, createExpiryAnswer(open)),
      );
    } catch (error) {
      const backoff =
        this.#expiryBackoffs.get(requestId) ?? new Backoff({ delaysMs: RETRY_DELAYS_MS });
      this.#expiryBackoffs.set(requestId, backoff);
      this.#expiryTimers.set(requestId, new Date(Date.now() + backoff.next()));
      throw error;
    }
  }

  async #callRuntime<T>(call: (sdkSession: CopilotSession) => Promise<T>): Promise<T> {
    const sdkSession = await this.#options.link.ensureAttached();
    return this.#options.services.runtime.call(() => call(sdkSession));
  }

  #runInBackground(work: Promise<unknown>): void {
    const { services, record } = this.#options;
    work.catch((error: unknown) => {
      services.logger.warn({ err: error, sessionId: record.id }, 'failed to answer request');
    });
  }
}
