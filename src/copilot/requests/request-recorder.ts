import type { RequestResolution } from '../../events/pending-request.ts';
import type { StoredRequest } from '../../store/session-store.ts';
import type { SessionServices } from '../services.ts';
import type { KnownRequest, PendingRequests } from './pending-requests.ts';

/** Saves the requests of a session, without what they ask for, and announces each change of the session. */
export function recordRequests(
  { events }: PendingRequests,
  sessionId: string,
  { store, logger, onSessionChanged }: SessionServices,
): void {
  const save = (
    { requestId, turnMessageId, agentId, requestedAt, expiresAt }: KnownRequest,
    resolution: RequestResolution | null,
    resolvedAt: Date | null,
  ): void => {
    const request: StoredRequest = {
      requestId,
      turnMessageId,
      agentId,
      requestedAt,
      expiresAt,
      resolution,
      resolvedAt,
    };
    store.requests.save(sessionId, request).catch((error: unknown) => {
      logger.error({ err: error, sessionId }, 'failed to persist request');
    });
  };
  events.on('created', (request) => {
    save(request, null, null);
    onSessionChanged(sessionId);
  });
  events.on('decided', (request) => {
    save(request, 'BY_POLICY', request.requestedAt);
  });
  events.on('expected', (request, resolution) => {
    save(request, resolution, null);
  });
  events.on('resolved', (request, resolution, at) => {
    save(request, resolution, at);
    onSessionChanged(sessionId);
  });
}
