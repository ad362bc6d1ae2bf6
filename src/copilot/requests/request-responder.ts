import type { CopilotSession } from '@github/copilot-sdk';

import { Failure } from '../../errors/gateway-error.ts';
import type { PendingRequest, RequestResolution } from '../../events/request.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { SessionRecord } from '../../store/session-directory.ts';
import type { Timeline } from '../projections/timeline.ts';
import type { Turns } from '../projections/turns.ts';
import type { SessionServices } from '../services.ts';
import type { PermissionAnswer } from '../translate/session-approval.ts';
import type { CheckedAnswer } from './checked-answer.ts';
import { Deadlines } from './deadline-timers.ts';
import { auditedDecision } from './decision-audit.ts';
import {
  type KnownRequest,
  PendingRequests,
  type RequestObserver,
  type RequestRules,
} from './pending-requests.ts';
import { requestRules } from './pending-requests.ts';
import {
  type Answer,
  checkAnswer,
  refusalOf,
  type RespondOutcome,
  sendPermission,
} from './request-answer.ts';
import { RequestMemory } from './request-recorder.ts';

interface ResponderOptions {
  readonly record: SessionRecord;
  readonly services: SessionServices;
  readonly log: SessionLog;
  readonly turns: Turns;
  readonly timeline: Timeline;
  /** Attached now, if need be. */
  readonly attached: () => Promise<CopilotSession>;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;

/** Answers the agent's requests: with what a client says, with what the policy says, or because time is up. */
export class Responder implements RequestObserver {
  readonly requests: PendingRequests;
  readonly rules: RequestRules;
  readonly #options: ResponderOptions;
  readonly #underWay = new Map<string, Promise<boolean>>();
  readonly #deadlines: Deadlines;
  /** How long to wait before a request that the runtime did not let be refused is refused again. */
  readonly #retryMs = new Map<string, number>();
  readonly #memory: RequestMemory;

  constructor(options: ResponderOptions) {
    this.#options = options;
    const { record, services } = options;
    this.rules = requestRules(record, services.profiles);
    this.#memory = new RequestMemory(record.id, services.directory, (error) => {
      services.log.error({ err: error, sessionId: record.id }, 'request not remembered');
    });
    this.requests = new PendingRequests({ ...options, rules: this.rules }, this);
    this.#deadlines = new Deadlines((requestId) => {
      this.#inBackground(this.#expire(requestId));
    });
  }

  /**
   * The first valid answer counts.
   * @throws Failure REQUEST_NOT_FOUND, and BAD_USER_INPUT for an answer that does not fit
   */
  async respond(requestId: string, answer: Answer): Promise<RespondOutcome> {
    await this.#options.attached();
    for (;;) {
      const asked = this.requests.find(requestId);
      if (!asked) return this.#late(requestId);
      const checked = checkAnswer(asked, answer);
      const earlier = this.#underWay.get(requestId);
      if (!earlier)
        return (await this.#answer(requestId, checked)) ? 'ACCEPTED' : 'ALREADY_RESOLVED';
      // Should it fail, this one is the first.
      await earlier.catch(() => undefined);
    }
  }

  asked(request: PendingRequest): void {
    const { requestId, expiresAt, sessionId } = request;
    this.#memory.asked(request);
    if (expiresAt) this.#deadlines.set(requestId, expiresAt);
    this.#options.services.changed(sessionId);
  }

  decided(request: PendingRequest, answer: PermissionAnswer): void {
    this.#memory.resolved(request, 'BY_POLICY', request.requestedAt);
    this.#inBackground(this.#decide(request, answer));
  }

  resolved(request: KnownRequest, resolution: RequestResolution, at: Date): void {
    this.#memory.resolved(request, resolution, at);
    this.#deadlines.clear(request.requestId);
    this.#retryMs.delete(request.requestId);
    this.#options.services.changed(this.#options.record.id);
  }

  unanswerable(requestId: string): void {
    this.#inBackground(this.#call(({ rpc }) => rpc.ui.handlePendingSampling({ requestId })));
  }

  stop(): void {
    this.#deadlines.clearAll();
  }

  #late(requestId: string): RespondOutcome {
    if (this.requests.wasResolved(requestId)) return 'ALREADY_RESOLVED';
    throw new Failure('REQUEST_NOT_FOUND', 'requestId: there is no such request in this session.');
  }

  /** @returns false when the runtime had resolved it before */
  #answer(requestId: string, answer: CheckedAnswer): Promise<boolean> {
    const answering = this.#send(requestId, answer).finally(() => {
      this.#underWay.delete(requestId);
    });
    this.#underWay.set(requestId, answering);
    return answering;
  }

  async #send(requestId: string, { resolution, feedback, send }: CheckedAnswer): Promise<boolean> {
    const { requests } = this;
    const asked = requests.find(requestId)?.request;
    requests.expect({ requestId, resolution, feedback });
    if (asked) this.#memory.expected(asked, resolution);
    try {
      const isTaken = await this.#call(send);
      if (!isTaken) requests.expectNothing(requestId);
      const outcome = isTaken ? resolution : 'WITHDRAWN';
      requests.resolve({ requestId, resolution: outcome, feedback: null }, new Date());
      return isTaken;
    } catch (error) {
      requests.expectNothing(requestId);
      if (asked && requests.find(requestId)) this.#memory.expected(asked, null);
      throw error;
    }
  }

  /** What comes again from before an attach may have been decided long ago. */
  async #decide(request: PendingRequest, answer: PermissionAnswer): Promise<void> {
    const { requestId } = request;
    await this.#options.attached();
    if (this.requests.wasResolved(requestId)) return;
    const decision = answer.kind === 'reject' ? 'REJECT' : 'APPROVE_ONCE';
    await auditedDecision({ by: 'policy', request, decision }, this.#options, () =>
      this.#call((attachment) => sendPermission(attachment, requestId, answer)),
    );
  }

  /** It is never left to wait for ever because the runtime could not be told. */
  async #expire(requestId: string): Promise<void> {
    await this.#underWay.get(requestId)?.catch(() => undefined);
    const asked = this.requests.find(requestId);
    if (!asked) return;
    try {
      const audited = { by: 'expiry', request: asked.request, decision: 'REJECT' } as const;
      await auditedDecision(audited, this.#options, () =>
        this.#answer(requestId, refusalOf(asked)),
      );
    } catch (error) {
      const waitMs = this.#retryMs.get(requestId) ?? FIRST_RETRY_MS;
      this.#retryMs.set(requestId, Math.min(waitMs * 2, LAST_RETRY_MS));
      this.#deadlines.set(requestId, new Date(Date.now() + waitMs));
      throw error;
    }
  }

  async #call<T>(use: (attachment: CopilotSession) => Promise<T>): Promise<T> {
    const attachment = await this.#options.attached();
    return this.#options.services.runtime.call(() => use(attachment));
  }

  #inBackground(work: Promise<unknown>): void {
    const { services, record } = this.#options;
    work.catch((error: unknown) => {
      services.log.warn({ err: error, sessionId: record.id }, 'request not answered');
    });
  }
}
