import type { Logger } from 'pino';

import { GatewayError } from '../../errors/gateway-error.ts';
import { toRequestId, toSessionName } from '../../events/ids.ts';
import type { PendingRequest } from '../../events/pending-request.ts';
import type { SessionRecord } from '../../store/session-store.ts';

/** A decision that no user made. */
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
 * Sends a decision and writes one audit record of its outcome.
 *
 * @param send returns false when the request was resolved before
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

/** Describes the request by names only: its other fields may hold content. */
function describeDecision({ by, request, decision }: AutomaticDecision) {
  const id = toRequestId(request.requestId);
  if (request.kind !== 'permission') {
    return { audit: 'request', by, what: request.kind.toUpperCase(), request: id };
  }
  const what = request.permissionKind;
  return { audit: 'permission', by, what, decision, permissionRequest: id };
}
