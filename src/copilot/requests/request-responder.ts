import type { CopilotSession } from '@github/copilot-sdk';

import { GatewayError } from '../../errors/gateway-error.ts';
import type { PendingRequest, RequestResolution } from '../../events/pending-request.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import type { Timeline } from '../projections/timeline.ts';
import type { Turns } from '../projections/turns.ts';
import type { SessionServices } from '../services.ts';
import type { PermissionAnswer } from '../translate/session-approval.ts';
import type { CheckedAnswer } from './checked-answer.ts';
import { DeadlineTimers } from './deadline-timers.ts';
import { auditDecision } from './decision-audit.ts';
import {
  type KnownRequest,
  PendingRequests,
  type RequestObserver,
  type RequestRules,
} from './pending-requests.ts';
import { resolveRequestRules } from './pending-requests.ts';
import {
  checkAnswer,
  type ClientAnswer,
  createExpiryAnswer,
  type RespondOutcome,
  sendPermission,
} from './request-answer.ts';
import { RequestRecorder } from './request-recorder.ts';

interface RequestResponderOptions {
  readonly record: SessionRecord;
  readonly services: SessionServices;
  readonly log: SessionLog;
  readonly turns: Turns;
  readonly timeline: Timeline;
  /** Attached now, if need be. */
  readonly attach: () => Promise<CopilotSession>;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;

/** Answers the agent's requests: with what a client says, with what the policy says, or because time is up. */
export class RequestResponder implements RequestObserver {
  readonly requests: PendingRequests;
  readonly rules: RequestRules;
  readonly #options: RequestResponderOptions;
  readonly #inFlight = new Map<string, Promise<boolean>>();
  readonly #deadlines: DeadlineTimers;
  /** How long to wait before a request that the runtime did not let be refused is refused again. */
  readonly #retryMs = new Map<string, number>();
  readonly #recorder: RequestRecorder;

  constructor(options: RequestResponderOptions) {
    this.#options = options;
    const { record, services } = options;
    this.rules = resolveRequestRules(record, services.profiles);
    this.#recorder = new RequestRecorder(record.id, services.store, (error) => {
      services.logger.error({ err: error, sessionId: record.id }, 'request not remembered');
    });
    this.requests = new PendingRequests({ ...options, rules: this.rules }, this);
    this.#deadlines = new DeadlineTimers((requestId) => {
      this.#runInBackground(this.#expire(requestId));
    });
  }

  /**
   * The first valid answer counts.
   * @throws Failure REQUEST_NOT_FOUND, and BAD_USER_INPUT for an answer that does not fit
   */
  async respond(requestId: string, answer: ClientAnswer): Promise<RespondOutcome> {
    await this.#options.attach();
    for (;;) {
      const asked = this.requests.find(requestId);
      if (!asked) return this.#resolveLate(requestId);
      const checked = checkAnswer(asked, answer);
      const earlier = this.#inFlight.get(requestId);
      if (!earlier)
        return (await this.#answerOnce(requestId, checked)) ? 'ACCEPTED' : 'ALREADY_RESOLVED';
      // Should it fail, this one is the first.
      await earlier.catch(() => undefined);
    }
  }

  handleAsked(request: PendingRequest): void {
    const { requestId, expiresAt, sessionId } = request;
    this.#recorder.recordAsked(request);
    if (expiresAt) this.#deadlines.set(requestId, expiresAt);
    this.#options.services.onSessionChanged(sessionId);
  }

  handleDecided(request: PendingRequest, answer: PermissionAnswer): void {
    this.#recorder.recordResolved(request, 'BY_POLICY', request.requestedAt);
    this.#runInBackground(this.#decide(request, answer));
  }

  handleResolved(request: KnownRequest, resolution: RequestResolution, at: Date): void {
    this.#recorder.recordResolved(request, resolution, at);
    this.#deadlines.clear(request.requestId);
    this.#retryMs.delete(request.requestId);
    this.#options.services.onSessionChanged(this.#options.record.id);
  }

  handleUnanswerable(requestId: string): void {
    this.#runInBackground(
      this.#callRuntime(({ rpc }) => rpc.ui.handlePendingSampling({ requestId })),
    );
  }

  stop(): void {
    this.#deadlines.clearAll();
  }

  #resolveLate(requestId: string): RespondOutcome {
    if (this.requests.wasResolved(requestId)) return 'ALREADY_RESOLVED';
    throw new GatewayError(
      'REQUEST_NOT_FOUND',
      'requestId: there is no such request in this session.',
    );
  }

  /** @returns false when the runtime had resolved it before */
  #answerOnce(requestId: string, answer: CheckedAnswer): Promise<boolean> {
    const answering = this.#send(requestId, answer).finally(() => {
      this.#inFlight.delete(requestId);
    });
    this.#inFlight.set(requestId, answering);
    return answering;
  }

  async #send(requestId: string, { resolution, feedback, send }: CheckedAnswer): Promise<boolean> {
    const { requests } = this;
    const asked = requests.find(requestId)?.request;
    requests.expect({ requestId, resolution, feedback });
    if (asked) this.#recorder.recordExpected(asked, resolution);
    try {
      const isTaken = await this.#callRuntime(send);
      if (!isTaken) requests.clearExpected(requestId);
      const outcome = isTaken ? resolution : 'WITHDRAWN';
      requests.resolve({ requestId, resolution: outcome, feedback: null }, new Date());
      return isTaken;
    } catch (error) {
      requests.clearExpected(requestId);
      if (asked && requests.find(requestId)) this.#recorder.recordExpected(asked, null);
      throw error;
    }
  }

  /** What comes again from before an attach may have been decided long ago. */
  async #decide(request: PendingRequest, answer: PermissionAnswer): Promise<void> {
    const { requestId } = request;
    await this.#options.attach();
    if (this.requests.wasResolved(requestId)) return;
    const decision = answer.kind === 'reject' ? 'REJECT' : 'APPROVE_ONCE';
    await auditDecision({ by: 'policy', request, decision }, this.#options, () =>
      this.#callRuntime((attachment) => sendPermission(attachment, requestId, answer)),
    );
  }

  /** It is never left to wait for ever because the runtime could not be told. */
  async #expire(requestId: string): Promise<void> {
    await this.#inFlight.get(requestId)?.catch(() => undefined);
    const asked = this.requests.find(requestId);
    if (!asked) return;
    try {
      const audited = { by: 'expiry', request: asked.request, decision: 'REJECT' } as const;
      await auditDecision(audited, this.#options, () =>
        this.#answerOnce(requestId, createExpiryAnswer(asked)),
      );
    } catch (error) {
      const waitMs = this.#retryMs.get(requestId) ?? FIRST_RETRY_MS;
      this.#retryMs.set(requestId, Math.min(waitMs * 2, LAST_RETRY_MS));
      this.#deadlines.set(requestId, new Date(Date.now() + waitMs));
      throw error;
    }
  }

  async #callRuntime<T>(use: (attachment: CopilotSession) => Promise<T>): Promise<T> {
    const attachment = await this.#options.attach();
    return this.#options.services.runtime.call(() => use(attachment));
  }

  #runInBackground(work: Promise<unknown>): void {
    const { services, record } = this.#options;
    work.catch((error: unknown) => {
      services.logger.warn({ err: error, sessionId: record.id }, 'request not answered');
    });
  }
}
