import { EventEmitter } from 'node:events';

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
import type { ChangeHandler, EventOrigin, RuntimeRequest } from '../translate/change.ts';
import type { PermissionAnswer, SessionApproval } from '../translate/session-approval.ts';
import { decideByPolicy } from './permission-policy.ts';

export interface RequestRules {
  readonly permissionPolicy: PermissionPolicy;
  /** How long a request waits before it expires. */
  readonly requestTimeoutMs: number;
  /** Names of the tools that clients of this session run; the runtime also reports calls of other clients' tools. */
  readonly clientTools: ReadonlySet<string>;
}

export interface ResolvedRequest {
  readonly requestId: string;
  readonly resolution: RequestResolution;
  readonly feedback: string | null;
}

/** The fields of a request that are stored. */
export type KnownRequest = Omit<StoredRequest, 'resolution' | 'resolvedAt'>;

/** A request that can be answered. */
export interface OpenRequest {
  readonly request: PendingRequest;
  /** What an approval for the session covers; null when the request can only be approved once. */
  readonly sessionApproval: SessionApproval | null;
}

/** Events of `PendingRequests`, each emitted after its own state has changed. */
interface RequestEvents {
  created: [request: PendingRequest];
  /** The policy decides; no client is asked. */
  decided: [request: PendingRequest, answer: PermissionAnswer];
  /** The resolution of an answer that is being sent to the runtime, or null after sending it has failed. */
  expected: [request: PendingRequest, resolution: RequestResolution | null];
  resolved: [request: KnownRequest, resolution: RequestResolution, at: Date];
}

interface PendingRequestsOptions {
  readonly log: SessionLog;
  readonly turns: Turns;
  readonly timeline: Timeline;
  readonly rules: RequestRules;
}

/**
 * The requests of the agent that wait for an answer, oldest first.
 *
 *   created --+-- the policy decides ----------------------------------+
 *             |                                                        v
 *             +--> pending -- answer, expiry, end of the turn, --> resolved
 *                             loss of the runtime
 *
 * 1. A request is resolved once: the first resolution counts, and later ones are ignored.
 * 2. The resolution is BY_POLICY when the policy decided, else that of the answer in flight, else what the runtime
 *    reports: the runtime does not say whether an answer was an expiry, or an approval for the session.
 * 3. The running turn is WAITING_FOR_INPUT while a request of that turn is pending, and RUNNING otherwise.
 * 4. A request whose decision is stored from before a restart keeps it, with its deadline.
 */
export class PendingRequests {
  readonly rules: RequestRules;
  readonly events = new EventEmitter<RequestEvents>();
  readonly #options: PendingRequestsOptions;
  readonly #pending = new Map<string, OpenRequest>();
  readonly #decidedByPolicy = new Set<string>();
  /** From before the log began, by id. */
  #stored: ReadonlyMap<string, StoredRequest> = new Map();
  readonly #resolvedIds = new RecentIds();
  /** The outcome that the answer in flight will have, by request id. */
  readonly #expected = new Map<string, Omit<ResolvedRequest, 'requestId'>>();

  constructor(options: PendingRequestsOptions) {
    this.rules = options.rules;
    this.#options = options;
  }

  get all(): PendingRequest[] {
    return [...this.#pending.values()].map(({ request }) => request);
  }

  find(requestId: string): OpenRequest | undefined {
    return this.#pending.get(requestId);
  }

  wasResolved(requestId: string): boolean {
    return this.#resolvedIds.has(requestId);
  }

  readonly handleCreated: ChangeHandler<'request-created'> = (created, event) => {
    const { requestId, sessionApproval, details } = created;
    if (this.#pending.has(requestId) || this.#resolvedIds.has(requestId)) return;
    if (details.kind === 'client_tool' && !this.rules.clientTools.has(details.toolName)) return;
    const request = this.#createRequest(created, event);
    const answer = this.#decideByPolicy(request);
    if (answer) {
      this.#decidedByPolicy.add(requestId);
      this.events.emit('decided', request, answer);
      return;
    }
    this.#pending.set(requestId, { request, sessionApproval });
    const { occurredAt, agentId } = event;
    const origin = { occurredAt, agentId, turnMessageId: request.turnMessageId };
    this.#options.log.append(origin, { type: 'request.pending', request });
    this.updateTurn();
    this.events.emit('created', request);
  };

  readonly handleResolved: ChangeHandler<'request-resolved'> = (change, { occurredAt }) => {
    const { requestId, resolution, feedback } = change;
    this.resolve(this.#restoreResolution({ requestId, resolution, feedback }), occurredAt);
  };

  readonly handleClientToolResolved: ChangeHandler<'client-tool-resolved'> = (change, event) => {
    const { requestId } = change;
    if (!this.#pending.has(requestId) && !this.#stored.has(requestId)) return;
    const answered = { requestId, resolution: 'ANSWERED', feedback: null } as const;
    this.resolve(this.#restoreResolution(answered), event.occurredAt);
  };

  /** Cancels the requests of the turn. Those of sub-agents, and those outside of any turn, may outlive it. */
  readonly handleTurnEnded: ChangeHandler<'session-idle' | 'turn-aborted'> = (_change, event) => {
    for (const { requestId, turnMessageId, agentId } of this.all) {
      if (turnMessageId === null || agentId !== null) continue;
      this.resolve({ requestId, resolution: 'CANCELLED', feedback: null }, event.occurredAt);
    }
  };

  /** Withdraws the requests that do not survive the loss of the runtime. */
  handleRuntimeLost(at: Date): void {
    for (const { requestId, kind } of this.all) {
      if (restartEffects[kind] === 'KEPT') continue;
      this.resolve({ requestId, resolution: 'WITHDRAWN', feedback: null }, at);
    }
  }

  /** Notes the answer in flight: it says more about the resolution than the runtime will. */
  expect({ requestId, ...resolved }: ResolvedRequest): void {
    this.#expected.set(requestId, resolved);
    const request = this.#pending.get(requestId)?.request;
    if (request) this.events.emit('expected', request, resolved.resolution);
  }

  /** The answer in flight has failed; the request stays pending. */
  clearExpected(requestId: string): void {
    this.#expected.delete(requestId);
    const request = this.#pending.get(requestId)?.request;
    if (request) this.events.emit('expected', request, null);
  }

  resolve(resolved: ResolvedRequest, at: Date): void {
    if (this.#resolveOnce(resolved, at)) this.updateTurn();
  }

  /** Resolves a request that the runtime no longer has: the answer in flight came too late. */
  withdraw(requestId: string, at: Date): void {
    this.#expected.delete(requestId);
    this.resolve({ requestId, resolution: 'WITHDRAWN', feedback: null }, at);
  }

  resolveAll(resolution: RequestResolution, at: Date): void {
    for (const { requestId } of this.all) {
      this.resolve({ requestId, resolution, feedback: null }, at);
    }
  }

  /** Loads the requests of an earlier gateway: when the runtime reports one again, it has its deadline and decision. */
  loadStored(requests: readonly StoredRequest[]): void {
    this.#stored = new Map(requests.map((request) => [request.requestId, request]));
  }

  /**
   * Withdraws stored requests that the runtime did not report again, and permissions that it no longer has. Leaves
   * the turn as it is: whether the turn continues without them is not known yet.
   *
   * @param permissionIds ids of the permission requests that the runtime has
   */
  withdrawMissing(permissionIds: ReadonlySet<string>, at: Date): void {
    const lost = this.all.filter((request) => {
      return request.kind === 'permission' && !permissionIds.has(request.requestId);
    });
    const missing = [...this.#stored.values()].filter(
      ({ requestId, resolvedAt }) => resolvedAt === null && !this.#pending.has(requestId),
    );
    for (const { requestId } of [...lost, ...missing]) {
      this.#resolveOnce({ requestId, resolution: 'WITHDRAWN', feedback: null }, at);
    }
  }

  /** Sets whether the running turn waits for input. */
  updateTurn(): void {
    const { turns } = this.#options;
    const { runningId } = turns;
    if (runningId === null) return;
    turns.setWaitingForInput(this.all.some(({ turnMessageId }) => turnMessageId === runningId));
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
    if (request) this.events.emit('resolved', request, resolution, at);
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

  #createRequest(
    { requestId, modelToolCallId, details }: RuntimeRequest,
    event: EventOrigin,
  ): PendingRequest {
    const { log, turns, timeline, rules } = this.#options;
    const { occurredAt, agentId } = event;
    const expiresAt =
      this.#stored.get(requestId)?.expiresAt ??
      new Date(occurredAt.getTime() + rules.requestTimeoutMs);
    return {
      ...details,
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

  /** A decision of a user stays, whatever the policy is now. */
  #decideByPolicy(request: PendingRequest): PermissionAnswer | undefined {
    const resolution = this.#stored.get(request.requestId)?.resolution ?? 'BY_POLICY';
    if (request.kind !== 'permission' || resolution !== 'BY_POLICY') return undefined;
    return decideByPolicy(request.permissionKind, this.#options.rules.permissionPolicy);
  }
}

/** The rules of a session whose profile was removed: nothing is approved, and nothing waits for long. */
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
 * The effect on a request when its runtime is killed and the session is resumed. KEPT: the request stays pending
 * under its id. ASKED_AGAIN: its tool is called again and creates a request with another id. LOST: the request and
 * its turn have ended.
 */
export const restartEffects: Readonly<Record<RequestKind, 'KEPT' | 'ASKED_AGAIN' | 'LOST'>> = {
  permission: 'KEPT',
  user_input: 'LOST',
  elicitation: 'ASKED_AGAIN',
  client_tool: 'KEPT',
};
