import type {
  PendingRequest,
  RequestKind,
  RequestResolution,
} from '../../events/pending-request.ts';
import { RecentIds } from '../../events/recent-ids.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { SessionRecord, StoredRequest } from '../../store/session-store.ts';
import type { PermissionPolicy, Profile } from '../profiles/profiles.ts';
import type { Timeline } from '../projections/timeline.ts';
import type { Turns } from '../projections/turns.ts';
import type { ChangeByType, RuntimeRequest, TranslatedEvent } from '../translate/change.ts';
import { decideByPolicy } from '../translate/permission-policy.ts';
import type { PermissionAnswer, SessionApproval } from '../translate/session-approval.ts';

export interface RequestRules {
  readonly permissionPolicy: PermissionPolicy;
  /** How long a request waits for an answer. */
  readonly requestTimeoutMs: number;
  /** Names of the tools that the session's clients run; the runtime tells of others' as well. */
  readonly clientTools: ReadonlySet<string>;
}

export interface ResolvedRequest {
  readonly requestId: string;
  readonly resolution: RequestResolution;
  readonly feedback: string | null;
}

/** What is kept of a request. */
export type KnownRequest = Omit<StoredRequest, 'resolution' | 'resolvedAt'>;

/** Learns of requests as they come and go. */
export interface RequestObserver {
  handleAsked(request: PendingRequest): void;
  /** Nobody is asked: the policy has the answer. */
  handleDecided(request: PendingRequest, answer: PermissionAnswer): void;
  handleResolved(request: KnownRequest, resolution: RequestResolution, at: Date): void;
  /** Nobody is asked, and the runtime waits all the same. */
  handleUnanswerable(requestId: string): void;
}

interface PendingRequestsOptions {
  readonly log: SessionLog;
  readonly turns: Turns;
  readonly timeline: Timeline;
  readonly rules: RequestRules;
}

interface PendingEntry {
  readonly request: PendingRequest;
  readonly sessionApproval: SessionApproval | null;
}

/** What the agent waits for, in the order in which it asked; each request is resolved once. */
export class PendingRequests {
  readonly #options: PendingRequestsOptions;
  readonly #observer: RequestObserver | undefined;
  readonly #pending = new Map<string, PendingEntry>();
  readonly #decidedByPolicy = new Set<string>();
  /** From before the log began. */
  #stored: ReadonlyMap<string, StoredRequest> = new Map();
  readonly #resolvedIds = new RecentIds();
  /** How an answer that is under way will have resolved its request: the runtime's word says less. */
  readonly #expected = new Map<string, Omit<ResolvedRequest, 'requestId'>>();

  constructor(options: PendingRequestsOptions, observer?: RequestObserver) {
    this.#options = options;
    this.#observer = observer;
  }

  get all(): PendingRequest[] {
    return [...this.#pending.values()].map(({ request }) => request);
  }

  find(requestId: string): PendingEntry | undefined {
    return this.#pending.get(requestId);
  }

  wasResolved(requestId: string): boolean {
    return this.#resolvedIds.has(requestId);
  }

  /** Before the timeline: what a turn waits for is resolved before it ends. */
  apply(event: TranslatedEvent): void {
    for (const change of event.changes) {
      if (change.type === 'request') this.#ask(change, event);
      else if (change.type === 'request-resolved')
        this.resolve(this.#restoreResolution(change), event.occurredAt);
      else if (change.type === 'tool-answered') this.#handleToolAnswered(change, event.occurredAt);
      else if (change.type === 'unanswerable') this.#observer?.handleUnanswerable(change.requestId);
      else if (change.type === 'turns-ended' || change.type === 'aborted') {
        if (event.agentId === null) this.#endTurn(event.occurredAt);
      }
    }
  }

  expect({ requestId, ...resolved }: ResolvedRequest): void {
    this.#expected.set(requestId, resolved);
  }

  /** No answer is under way any more. */
  clearExpected(requestId: string): void {
    this.#expected.delete(requestId);
  }

  /** The first resolution counts. */
  resolve(resolved: ResolvedRequest, at: Date): void {
    if (this.#resolveOnce(resolved, at)) this.updateTurn();
  }

  /** What is told of these again has the deadline and the end that it had; of others nothing is known. */
  loadStored(earlier: readonly StoredRequest[]): void {
    this.#stored = new Map(earlier.map((request) => [request.requestId, request]));
  }

  /**
   * Of the earlier ones, those that did not come again; of the permissions, those that the runtime does not have.
   * Whether the turn goes on without them is not known yet.
   */
  withdrawMissing(permissions: ReadonlySet<string>, at: Date): void {
    const lost = this.all.filter((request) => {
      return request.kind === 'permission' && !permissions.has(request.requestId);
    });
    const missing = [...this.#stored.values()].filter(
      ({ requestId, resolvedAt }) => resolvedAt === null && !this.#pending.has(requestId),
    );
    for (const { requestId } of [...lost, ...missing]) {
      this.#resolveOnce({ requestId, resolution: 'WITHDRAWN', feedback: null }, at);
    }
  }

  /** The running turn waits for those that there are, or for none. */
  updateTurn(): void {
    const { turns } = this.#options;
    const { runningId } = turns;
    if (runningId === null) return;
    turns.setWaitingForInput(this.all.some(({ turnMessageId }) => turnMessageId === runningId));
  }

  /** They will not be answered any more. */
  resolveAll(resolution: RequestResolution, at: Date): void {
    for (const { requestId } of this.all) {
      this.resolve({ requestId, resolution, feedback: null }, at);
    }
  }

  /** The runtime is gone. */
  handleRuntimeLost(at: Date): void {
    for (const { requestId, kind } of this.all) {
      if (restartEffects[kind] === 'KEPT') continue;
      this.resolve({ requestId, resolution: 'WITHDRAWN', feedback: null }, at);
    }
  }

  #resolveOnce(resolved: ResolvedRequest, at: Date): boolean {
    const { requestId } = resolved;
    if (!this.#resolvedIds.add(requestId)) return false;
    const request = this.#pending.get(requestId)?.request ?? this.#stored.get(requestId);
    this.#pending.delete(requestId);
    const { resolution, feedback } = this.#determineOutcome(resolved);
    this.#expected.delete(requestId);
    const { log, turns } = this.#options;
    const turnMessageId = request ? request.turnMessageId : turns.runningId;
    log.append(
      { occurredAt: at, turnMessageId, agentId: request?.agentId ?? null },
      { type: 'request.resolved', requestId, resolution, feedback },
    );
    if (request) this.#observer?.handleResolved(request, resolution, at);
    return true;
  }

  #restoreResolution(resolved: ResolvedRequest): ResolvedRequest {
    const resolution = this.#stored.get(resolved.requestId)?.resolution;
    return resolution ? { ...resolved, resolution } : resolved;
  }

  #determineOutcome({
    requestId,
    ...resolved
  }: ResolvedRequest): Omit<ResolvedRequest, 'requestId'> {
    if (this.#decidedByPolicy.delete(requestId)) return { ...resolved, resolution: 'BY_POLICY' };
    return this.#expected.get(requestId) ?? resolved;
  }

  #ask(asked: RuntimeRequest, event: TranslatedEvent): void {
    const { requestId, sessionApproval } = asked;
    if (this.#pending.has(requestId) || this.#resolvedIds.has(requestId)) return;
    if (this.#isForeignTool(asked)) return;
    const request = this.#createRequest(asked, event);
    const answer = this.#decideByPolicy(request);
    if (answer) {
      this.#decidedByPolicy.add(requestId);
      this.#observer?.handleDecided(request, answer);
      return;
    }
    this.#pending.set(requestId, { request, sessionApproval });
    const { occurredAt, agentId } = event;
    const origin = { occurredAt, agentId, turnMessageId: request.turnMessageId };
    this.#options.log.append(origin, { type: 'request.pending', request });
    this.updateTurn();
    this.#observer?.handleAsked(request);
  }

  #createRequest(
    { requestId, modelToolCallId, body }: RuntimeRequest,
    event: TranslatedEvent,
  ): PendingRequest {
    const { log, turns, timeline, rules } = this.#options;
    const { occurredAt, agentId } = event;
    const expiresAt =
      this.#stored.get(requestId)?.expiresAt ??
      new Date(occurredAt.getTime() + rules.requestTimeoutMs);
    return {
      ...body,
      requestId,
      sessionId: log.sessionId,
      turnMessageId: turns.runningId,
      agentId,
      toolCallId:
        modelToolCallId === null ? null : timeline.getPublicToolCallId(agentId, modelToolCallId),
      requestedAt: occurredAt,
      expiresAt,
    };
  }

  /** What people have answered stays theirs, whatever the policy has become. */
  #decideByPolicy(request: PendingRequest): PermissionAnswer | undefined {
    const resolution = this.#stored.get(request.requestId)?.resolution ?? 'BY_POLICY';
    if (request.kind !== 'permission' || resolution !== 'BY_POLICY') return undefined;
    return decideByPolicy(request.permissionKind, this.#options.rules.permissionPolicy);
  }

  #isForeignTool({ body }: RuntimeRequest): boolean {
    return body.kind === 'client_tool' && !this.#options.rules.clientTools.has(body.toolName);
  }

  #handleToolAnswered({ requestId }: ChangeByType<'tool-answered'>, at: Date): void {
    if (!this.#pending.has(requestId) && !this.#stored.has(requestId)) return;
    this.resolve(
      this.#restoreResolution({ requestId, resolution: 'ANSWERED', feedback: null }),
      at,
    );
  }

  /** A sub-agent may outlive the turn, and so may what was asked outside of any. */
  #endTurn(at: Date): void {
    for (const { requestId, turnMessageId, agentId } of this.all) {
      if (turnMessageId === null || agentId !== null) continue;
      this.resolve({ requestId, resolution: 'CANCELLED', feedback: null }, at);
    }
  }
}

/** Of a profile that is gone: nothing is approved, and nothing waits for long. */
const STRICT_RULES: Omit<RequestRules, 'clientTools'> = {
  permissionPolicy: { mode: 'reject', allow: [] },
  requestTimeoutMs: 60_000,
};

export function resolveRequestRules(
  record: SessionRecord,
  profiles: readonly Profile[],
): RequestRules {
  const { permissionPolicy, requestTimeoutMs } =
    profiles.find(({ name }) => name === record.profile) ?? STRICT_RULES;
  const clientTools = new Set(record.clientTools.map(({ name }) => name));
  return { permissionPolicy, requestTimeoutMs, clientTools };
}

/**
 * What becomes of a request when its runtime is killed and the session resumed. KEPT: it waits under the same id.
 * ASKED_AGAIN: its tool is called again, and asks under another id. LOST: it is over, and so is its turn.
 */
export const restartEffects: Readonly<Record<RequestKind, 'KEPT' | 'ASKED_AGAIN' | 'LOST'>> = {
  permission: 'KEPT',
  user_input: 'LOST',
  elicitation: 'ASKED_AGAIN',
  client_tool: 'KEPT',
};
