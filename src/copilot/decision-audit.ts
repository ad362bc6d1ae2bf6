import type { Logger } from 'pino';

import type { SessionRecord } from '../directory/session-directory.ts';
import { Failure } from '../events/failure.ts';
import { requestId, sessionNameOf } from '../events/ids.ts';
import type { PendingRequest } from '../events/request.ts';

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
 * Sends it and, when it is about a permission, leaves one record of what came of it.
 *
 * @param send gives false when somebody was faster
 */
export async function auditedDecision(
  { by, request, decision }: OwnDecision,
  { record: { id, owner }, services }: Surroundings,
  send: () => Promise<boolean>,
): Promise<void> {
  const record = (outcome: string): void => {
    if (request.kind !== 'permission') return;
    const what = request.permissionKind;
    const about = { session: sessionNameOf(id, owner), owner, viewer: null };
    const permissionRequest = requestId(request.requestId);
    const deed = { audit: 'permission', by, what, decision, ...about, permissionRequest };
    services.log.info({ ...deed, outcome }, 'audit');
  };
  try {
    record((await send()) ? 'ACCEPTED' : 'ALREADY_RESOLVED');
  } catch (error) {
    record(error instanceof Failure ? error.code : 'INTERNAL_SERVER_ERROR');
    throw error;
  }
}
