import type { CopilotSession } from '@github/copilot-sdk';

import { GatewayError } from '../../errors/gateway-error.ts';
import type { PendingRequestByKind, RequestResolution } from '../../events/pending-request.ts';
import type { CheckedAnswer } from './checked-answer.ts';
import { checkFormContent } from './form-content.ts';

export type ElicitationAction = 'ACCEPT' | 'DECLINE' | 'CANCEL';

export interface ClientElicitationAnswer {
  readonly kind: 'elicitation';
  readonly action: ElicitationAction;
  /** Null: none was given. */
  readonly content: unknown;
}

type ElicitationResult = Parameters<
  CopilotSession['rpc']['ui']['handlePendingElicitation']
>[0]['result'];

const outcomes: Readonly<
  Record<ElicitationAction, { action: ElicitationResult['action']; resolution: RequestResolution }>
> = {
  ACCEPT: { action: 'accept', resolution: 'ANSWERED' },
  DECLINE: { action: 'decline', resolution: 'DECLINED' },
  CANCEL: { action: 'cancel', resolution: 'CANCELLED' },
};

/** @throws Failure BAD_USER_INPUT */
export function checkElicitation(
  { requestId, requestedSchema, url }: PendingRequestByKind<'elicitation'>,
  { action: chosen, content }: ClientElicitationAnswer,
): CheckedAnswer {
  const { action, resolution } = outcomes[chosen];
  if (content !== null && (chosen !== 'ACCEPT' || url !== null)) {
    throw new GatewayError('BAD_USER_INPUT', 'content: only goes with ACCEPT of a form');
  }
  if (chosen !== 'ACCEPT' || url !== null)
    return createElicitationAnswer(requestId, { action }, resolution);
  const checked = checkFormContent(content ?? {}, requestedSchema);
  return createElicitationAnswer(requestId, { action, content: checked }, resolution);
}

/** The server that asked decides what the agent is told of it. */
export function expireElicitation({
  requestId,
}: PendingRequestByKind<'elicitation'>): CheckedAnswer {
  return createElicitationAnswer(requestId, { action: 'cancel' }, 'EXPIRED');
}

/** What was filled in is for the server that asked, and is not told in the timeline. */
function createElicitationAnswer(
  requestId: string,
  result: ElicitationResult,
  resolution: RequestResolution,
): CheckedAnswer {
  return {
    resolution,
    feedback: null,
    send: async ({ rpc }) => (await rpc.ui.handlePendingElicitation({ requestId, result })).success,
  };
}
