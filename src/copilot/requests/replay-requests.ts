import type { SessionLog } from '../../events/session-log.ts';
import type { StoredRequest } from '../../store/session-store.ts';
import type { PendingRequests } from './pending-requests.ts';

interface ReplayRequestsOptions {
  readonly log: SessionLog;
  /** As the journal tells of them. */
  readonly replayed: PendingRequests;
  /** As they are now. */
  readonly live: PendingRequests;
  readonly stored: readonly StoredRequest[];
  /** Message ids of the turns that are told of. */
  readonly turns: ReadonlySet<string>;
}

/** What the journal does not say: that a question waits, and how those ended that the runtime has forgotten. */
export function replayRequests({
  log,
  replayed,
  live,
  stored,
  turns,
}: ReplayRequestsOptions): void {
  for (const { requestId, turnMessageId, resolution, resolvedAt } of stored) {
    if (!resolution || !resolvedAt || turnMessageId === null || !turns.has(turnMessageId)) continue;
    replayed.resolve({ requestId, resolution, feedback: null }, resolvedAt);
  }
  for (const request of live.all) {
    const { requestId, requestedAt, turnMessageId, agentId } = request;
    if (replayed.find(requestId) || replayed.wasResolved(requestId)) continue;
    const origin = { occurredAt: requestedAt, turnMessageId, agentId };
    log.append(origin, { type: 'request.pending', request });
  }
}
