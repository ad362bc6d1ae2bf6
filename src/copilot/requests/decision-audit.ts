import type { Logger } from 'pino';

import { GatewayError } from '../../errors/gateway-error.ts';
import { toRequestId, toSessionName } from '../../events/ids.ts';
import type { PendingRequest } from '../../events/pending-request.ts';
import type { SessionRecord } from '../../store/session-store.ts';

/** What no viewer decided. */
export interface AutomaticDecision {
  readonly by: 'policy' | 'expiry';
  readonly request: PendingRequest;
  readonly decision: 'APPROVE_ONCE' | 'REJECT';
}

interface AuditContext {
  readonly record: SessionRecord;
  readonly services: { readonly logger: Logger };
}

/**
 * Sends it, and leaves one record of what came of it.
 *
 * @param send gives false when somebody was faster
 */
export async function auditDecision(
  { by, request, decision }: AutomaticDecision,
  { record: { id, owner }, services }: AuditContext,
  send: () => Promise<boolean>,
): Promise<void> {
  const record = (outcome: string): void => {
    const about = { session: toSessionName(id, owner), owner, viewer: null };
    services.logger.info(
      { ...describeDecision({ by, request, decision }), ...about, outcome },
      'audit',
    );
  };
  try {
    record((await send()) ? 'ACCEPTED' : 'ALREADY_RESOLVED');
  } catch (error) {
    record(error instanceof GatewayError ? error.code : 'INTERNAL_SERVER_ERROR');
    throw error;
  }
}

/** Names only: a request may hold content. */
function describeDecision({ by, request, decision }: AutomaticDecision) {
  const id = toRequestId(request.requestId);
  if (request.kind !== 'permission') {
    return { audit: 'request', by, what: request.kind.toUpperCase(), request: id };
  }
  const what = request.permissionKind;
  return { audit: 'permission', by, what, decision, permissionRequest: id };
}
