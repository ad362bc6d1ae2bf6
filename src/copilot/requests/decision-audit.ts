import type { Logger } from 'pino';

import { Failure } from '../../errors/gateway-error.ts';
import { requestId, sessionNameOf } from '../../events/ids.ts';
import type { PendingRequest } from '../../events/request.ts';
import type { SessionRecord } from '../../store/session-directory.ts';

/** What no viewer decided. */
export interface OwnDecision {
  readonly by: 'policy' | 'expiry';
  readonly request: PendingRequest;
  readonly decision: 'APPROVE_ONCE' | 'REJECT';
}

interface Surroundings {
  readonly record: SessionRecord;
  readonly services: { readonly log: Logger };
}

/**
 * Sends it, and leaves one record of what came of it.
 *
 * @param send gives false when somebody was faster
 */
export async function auditedDecision(
  { by, request, decision }: OwnDecision,
  { record: { id, owner }, services }: Surroundings,
  send: () => Promise<boolean>,
): Promise<void> {
  const record = (outcome: string): void => {
    const about = { session: sessionNameOf(id, owner), owner, viewer: null };
    services.log.info({ ...deedOf({ by, request, decision }), ...about, outcome }, 'audit');
  };
  try {
    record((await send()) ? 'ACCEPTED' : 'ALREADY_RESOLVED');
  } catch (error) {
    record(error instanceof Failure ? error.code : 'INTERNAL_SERVER_ERROR');
    throw error;
  }
}

/** Names only: a request may hold content. */
function deedOf({ by, request, decision }: OwnDecision) {
  const id = requestId(request.requestId);
  if (request.kind !== 'permission') {
    return { audit: 'request', by, what: request.kind.toUpperCase(), request: id };
  }
  const what = request.permissionKind;
  return { audit: 'permission', by, what, decision, permissionRequest: id };
}
