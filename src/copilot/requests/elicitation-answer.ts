import type { CopilotSession } from '@github/copilot-sdk';

import { createInputError } from '../../errors/common-errors.ts';
import type { PendingRequestByKind, RequestResolution } from '../../events/pending-request.ts';
import type { CheckedAnswer } from './checked-answer.ts';
import { checkFormContent } from './form-content.ts';

export type ElicitationAction = 'ACCEPT' | 'DECLINE' | 'CANCEL';

export interface ClientElicitationAnswer {
  readonly kind: 'elicitation';
  readonly action: ElicitationAction;
  /** Null when no content is given. */
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

/** @throws {GatewayError} BAD_USER_INPUT when the content does not fit the form or the action */
export function checkElicitation(
  { requestId, requestedSchema, url }: PendingRequestByKind<'elicitation'>,
  { action: chosen, content }: ClientElicitationAnswer,
): CheckedAnswer {
  const { action, resolution } = outcomes[chosen];
  if (content !== null && (chosen !== 'ACCEPT' || url !== null)) {
    throw createInputError('content', 'must be omitted unless a form is accepted');
  }
  if (chosen !== 'ACCEPT' || url !== null) {
    return createElicitationAnswer(requestId, { action }, resolution);
  }
  const checked = checkFormContent(content ?? {}, requestedSchema);
  return createElicitationAnswer(requestId, { action, content: checked }, resolution);
}

/** The MCP server that sent the elicitation decides what the agent learns about it. */
export function expireElicitation({
  requestId,
}: PendingRequestByKind<'elicitation'>): CheckedAnswer {
  return createElicitationAnswer(requestId, { action: 'cancel' }, 'EXPIRED');
}

/** The content of the form is for the MCP server only: it does not appear as feedback in the timeline. */
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
