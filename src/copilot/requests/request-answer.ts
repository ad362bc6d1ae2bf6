import type { CopilotSession } from '@github/copilot-sdk';

import { GatewayError } from '../../errors/gateway-error.ts';
import type {
  PendingRequest,
  PendingRequestByKind,
  RequestKind,
  RequestResolution,
} from '../../events/pending-request.ts';
import { EXPIRED_FEEDBACK } from '../translate/permission-policy.ts';
import type { PermissionAnswer, SessionApproval } from '../translate/session-approval.ts';
import type { CheckedAnswer } from './checked-answer.ts';
import { checkToolResult, type ClientToolAnswer, expireToolCall } from './client-tool-answer.ts';
import {
  checkElicitation,
  type ClientElicitationAnswer,
  expireElicitation,
} from './elicitation-answer.ts';

export type PermissionDecision = 'APPROVE_ONCE' | 'APPROVE_FOR_SESSION' | 'REJECT';

export type RespondOutcome = 'ACCEPTED' | 'ALREADY_RESOLVED';

interface ClientPermissionAnswer {
  readonly kind: 'permission';
  readonly decision: PermissionDecision;
  readonly feedback: string | null;
}

interface ClientUserInputAnswer {
  readonly kind: 'user_input';
  readonly answer: string;
}

/** What a client answers. */
export type ClientAnswer =
  ClientPermissionAnswer | ClientUserInputAnswer | ClientElicitationAnswer | ClientToolAnswer;

export interface AnswerableRequest {
  readonly request: PendingRequest;
  readonly sessionApproval: SessionApproval | null;
}

interface AnswerRules<K extends RequestKind> {
  readonly mutation: string;
  readonly check: (
    request: PendingRequestByKind<K>,
    answer: Extract<ClientAnswer, { kind: K }>,
    sessionApproval: SessionApproval | null,
  ) => CheckedAnswer;
  /** Nobody answered in time: never an approval. */
  readonly expire: (request: PendingRequestByKind<K>) => CheckedAnswer;
}

const rulesByKind: { readonly [K in RequestKind]: AnswerRules<K> } = {
  permission: {
    mutation: 'respondToPermissionRequest',
    check: checkPermission,
    expire: expirePermission,
  },
  user_input: {
    mutation: 'respondToUserInputRequest',
    check: checkUserInput,
    expire: expireUserInput,
  },
  elicitation: {
    mutation: 'respondToElicitationRequest',
    check: checkElicitation,
    expire: expireElicitation,
  },
  client_tool: {
    mutation: 'respondToToolCall',
    check: checkToolResult,
    expire: expireToolCall,
  },
};

/** @throws Failure BAD_USER_INPUT, and then nothing was sent */
export function checkAnswer(
  { request, sessionApproval }: AnswerableRequest,
  answer: ClientAnswer,
): CheckedAnswer {
  const { check, mutation } = getRules(request);
  if (request.kind === answer.kind) return check(request, answer, sessionApproval);
  throw new GatewayError('BAD_USER_INPUT', `requestId: this request is answered with ${mutation}`);
}

/** Of a request that nobody answered in time. */
export function createExpiryAnswer({ request }: AnswerableRequest): CheckedAnswer {
  return getRules(request).expire(request);
}

/** TypeScript cannot follow one kind through the table, the request and the answer. */
function getRules({ kind }: PendingRequest): AnswerRules<RequestKind> {
  return rulesByKind[kind] as AnswerRules<RequestKind>;
}

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

function checkPermission(
  { requestId }: PendingRequestByKind<'permission'>,
  { decision, feedback }: ClientPermissionAnswer,
  sessionApproval: SessionApproval | null,
): CheckedAnswer {
  const result = buildPermissionAnswer(sessionApproval, decision, feedback);
  return {
    resolution: resolutions[decision],
    feedback,
    send: (attachment) => sendPermission(attachment, requestId, result),
  };
}

function expirePermission({ requestId }: PendingRequestByKind<'permission'>): CheckedAnswer {
  const feedback = EXPIRED_FEEDBACK;
  return {
    resolution: 'EXPIRED',
    feedback,
    send: (attachment) => sendPermission(attachment, requestId, { kind: 'reject', feedback }),
  };
}

function buildPermissionAnswer(
  sessionApproval: SessionApproval | null,
  decision: PermissionDecision,
  feedback: string | null,
): PermissionAnswer {
  if (decision === 'REJECT') return { kind: 'reject', ...(feedback !== null && { feedback }) };
  if (feedback !== null)
    throw new GatewayError('BAD_USER_INPUT', 'feedback: only goes with REJECT');
  if (decision === 'APPROVE_ONCE') return { kind: 'approve-once' };
  if (sessionApproval) return { kind: 'approve-for-session', approval: sessionApproval };
  throw new GatewayError(
    'BAD_USER_INPUT',
    'decision: this request can be approved only once, see canApproveForSession',
  );
}

function checkUserInput(
  { requestId, choices, allowFreeform }: PendingRequestByKind<'user_input'>,
  { answer }: ClientUserInputAnswer,
): CheckedAnswer {
  const wasFreeform = !choices.includes(answer);
  if (wasFreeform && !allowFreeform) {
    throw new GatewayError('BAD_USER_INPUT', 'answer: must be one of the choices');
  }
  return {
    resolution: 'ANSWERED',
    feedback: answer,
    send: (attachment) => sendUserInput(attachment, requestId, { answer, wasFreeform }),
  };
}

/** The runtime has no other way to say it: the model reads this as the answer. */
function expireUserInput({ requestId }: PendingRequestByKind<'user_input'>): CheckedAnswer {
  const answer = EXPIRED_FEEDBACK;
  return {
    resolution: 'EXPIRED',
    feedback: answer,
    send: (attachment) => sendUserInput(attachment, requestId, { answer, wasFreeform: true }),
  };
}

async function sendUserInput(
  attachment: CopilotSession,
  requestId: string,
  response: { readonly answer: string; readonly wasFreeform: boolean },
): Promise<boolean> {
  return (await attachment.rpc.ui.handlePendingUserInput({ requestId, response })).success;
}
