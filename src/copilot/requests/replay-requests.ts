import type { SessionLog } from '../../events/session-log.ts';
import type { StoredRequest } from '../../store/session-store.ts';
import type { PendingRequests } from './pending-requests.ts';

interface ReplayRequestsOptions {
  readonly log: SessionLog;
  /** The requests as the journal has them. */
  readonly replayed: PendingRequests;
  /** The requests as they are now. */
  readonly live: PendingRequests;
  readonly stored: readonly StoredRequest[];
  /** Message ids of the turns that the replay reports. */
  readonly turnIds: ReadonlySet<string>;
}

/** Adds to a replay what the journal lacks: questions that are pending, and resolutions that the runtime lost. */
export function replayRequests({
  log,
  replayed,
  live,
  stored,
  turnIds,
}: ReplayRequestsOptions): void {
  for (const { requestId, turnMessageId, resolution, resolvedAt } of stored) {
    if (!resolution || !resolvedAt || turnMessageId === null || !turnIds.has(turnMessageId))
      continue;
    replayed.resolve({ requestId, resolution, feedback: null }, resolvedAt);
  }
  for (const request of live.all) {
    const { requestId, requestedAt, turnMessageId, agentId } = request;
    if (replayed.find(requestId) || replayed.wasResolved(requestId)) continue;
    const origin = { occurredAt: requestedAt, turnMessageId, agentId };
    log.append(origin, { type: 'request.pending', request });
  }
}
