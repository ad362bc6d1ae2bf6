import type { CopilotSession } from '@github/copilot-sdk';

import { Failure } from '../events/failure.ts';
import type {
  PendingRequest,
  PendingRequestOf,
  RequestKind,
  RequestResolution,
} from '../events/request.ts';
import { EXPIRED_FEEDBACK } from './permission-policy.ts';
import type { PermissionAnswer, SessionApproval } from './session-approval.ts';

export type PermissionDecision = 'APPROVE_ONCE' | 'APPROVE_FOR_SESSION' | 'REJECT';

export type RespondOutcome = 'ACCEPTED' | 'ALREADY_RESOLVED';

interface PermissionAnswered {
  readonly kind: 'permission';
  readonly decision: PermissionDecision;
  readonly feedback: string | null;
}

interface UserInputAnswered {
  readonly kind: 'user_input';
  readonly answer: string;
}

/** What a client answers. */
export type Answer = PermissionAnswered | UserInputAnswered;

export interface Asked {
  readonly request: PendingRequest;
  readonly sessionApproval: SessionApproval | null;
}

/** An answer that the runtime can be trusted with: it says yes to nonsense, and then breaks the tool. */
export interface CheckedAnswer {
  readonly resolution: RequestResolution;
  readonly feedback: string | null;
  /** @returns false when the request was resolved before */
  readonly send: (attachment: CopilotSession) => Promise<boolean>;
}

const mutations: Readonly<Record<RequestKind, string>> = {
  permission: 'respondToPermissionRequest',
  user_input: 'respondToUserInputRequest',
};

/** Of a request of another kind. */
function otherKind(asked: RequestKind): Failure {
  return new Failure(
    'BAD_USER_INPUT',
    `requestId: this request is answered with ${mutations[asked]}`,
  );
}

/** @throws Failure BAD_USER_INPUT, and then nothing was sent */
export function checkAnswer(asked: Asked, answer: Answer): CheckedAnswer {
  const { request } = asked;
  if (request.kind === 'permission' && answer.kind === 'permission') {
    return checkPermission(asked, answer);
  }
  if (request.kind === 'user_input' && answer.kind === 'user_input') {
    return checkUserInput(request, answer);
  }
  throw otherKind(request.kind);
}

/** Nobody answered in time: never an approval. */
export function refusalOf({ request }: Asked): CheckedAnswer {
  return {
    resolution: 'EXPIRED',
    feedback: EXPIRED_FEEDBACK,
    send: (attachment) => refusals[request.kind](attachment, request.requestId),
  };
}

const refusals: Readonly<
  Record<RequestKind, (attachment: CopilotSession, requestId: string) => Promise<boolean>>
> = {
  permission: (attachment, requestId) =>
    sendPermission(attachment, requestId, { kind: 'reject', feedback: EXPIRED_FEEDBACK }),
  // The runtime has no other way to say it: the model reads this as the answer.
  user_input: (attachment, requestId) =>
    sendUserInput(attachment, requestId, { answer: EXPIRED_FEEDBACK, wasFreeform: true }),
};

export async function sendPermission(
  attachment: CopilotSession,
  requestId: string,
  result: PermissionAnswer,
): Promise<boolean> {
  const { permissions } = attachment.rpc;
  return (await permissions.handlePendingPermissionRequest({ requestId, result })).success;
}

const resolutions: Readonly<Record<PermissionDecision, RequestResolution>> = {
  APPROVE_ONCE: 'APPROVED',
  APPROVE_FOR_SESSION: 'APPROVED_FOR_SESSION',
  REJECT: 'REJECTED',
};

function checkPermission(asked: Asked, { decision, feedback }: PermissionAnswered): CheckedAnswer {
  const { requestId } = asked.request;
  const result = permissionAnswer(asked, decision, feedback);
  return {
    resolution: resolutions[decision],
    feedback,
    send: (attachment) => sendPermission(attachment, requestId, result),
  };
}

function permissionAnswer(
  { sessionApproval }: Asked,
  decision: PermissionDecision,
  feedback: string | null,
): PermissionAnswer {
  if (decision === 'REJECT') return { kind: 'reject', ...(feedback !== null && { feedback }) };
  if (feedback !== null) throw new Failure('BAD_USER_INPUT', 'feedback: only goes with REJECT');
  if (decision === 'APPROVE_ONCE') return { kind: 'approve-once' };
  if (sessionApproval) return { kind: 'approve-for-session', approval: sessionApproval };
  throw new Failure(
    'BAD_USER_INPUT',
    'decision: this request can be approved only once, see canApproveForSession',
  );
}

function checkUserInput(
  { requestId, choices, allowFreeform }: PendingRequestOf<'user_input'>,
  { answer }: UserInputAnswered,
): CheckedAnswer {
  const wasFreeform = !choices.includes(answer);
  if (wasFreeform && !allowFreeform) {
    throw new Failure('BAD_USER_INPUT', 'answer: must be one of the choices');
  }
  return {
    resolution: 'ANSWERED',
    feedback: answer,
    send: (attachment) => sendUserInput(attachment, requestId, { answer, wasFreeform }),
  };
}

async function sendUserInput(
  attachment: CopilotSession,
  requestId: string,
  response: { readonly answer: string; readonly wasFreeform: boolean },
): Promise<boolean> {
  return (await attachment.rpc.ui.handlePendingUserInput({ requestId, response })).success;
}
