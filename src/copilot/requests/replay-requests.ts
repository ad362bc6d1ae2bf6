import type { SessionLog } from '../../events/session-log.ts';
import type { StoredRequest } from '../../store/session-directory.ts';
import type { PendingRequests } from './pending-requests.ts';

interface RetoldRequests {
  readonly log: SessionLog;
  /** As the journal tells of them. */
  readonly told: PendingRequests;
  /** As they are now. */
  readonly live: PendingRequests;
  readonly stored: readonly StoredRequest[];
  /** Message ids of the turns that are told of. */
  readonly turns: ReadonlySet<string>;
}

/** What the journal does not say: that a question waits, and how those ended that the runtime has forgotten. */
export function retellRequests({ log, told, live, stored, turns }: RetoldRequests): void {
  for (const { requestId, turnMessageId, resolution, resolvedAt } of stored) {
    if (!resolution || !resolvedAt || turnMessageId === null || !turns.has(turnMessageId)) continue;
    told.resolve({ requestId, resolution, feedback: null }, resolvedAt);
  }
  for (const request of live.all) {
    const { requestId, requestedAt, turnMessageId, agentId } = request;
    if (told.find(requestId) || told.wasResolved(requestId)) continue;
    const origin = { occurredAt: requestedAt, turnMessageId, agentId };
    log.append(origin, { type: 'request.pending', request });
  }
}
