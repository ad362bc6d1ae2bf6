import type { CopilotSession } from '@github/copilot-sdk';

import { createInputError } from '../../errors/common-errors.ts';
import type {
  PendingRequest,
  PendingRequestByKind,
  RequestKind,
  RequestResolution,
} from '../../events/pending-request.ts';
import type { PermissionAnswer, SessionApproval } from '../translate/session-approval.ts';
import type { CheckedAnswer } from './checked-answer.ts';
import { checkToolResult, type ClientToolAnswer, expireToolCall } from './client-tool-answer.ts';
import {
  checkElicitation,
  type ClientElicitationAnswer,
  expireElicitation,
} from './elicitation-answer.ts';
import type { OpenRequest } from './pending-requests.ts';
import { EXPIRED_FEEDBACK } from './permission-policy.ts';

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

/** The answer of a client. */
export type ClientAnswer =
  ClientPermissionAnswer | ClientUserInputAnswer | ClientElicitationAnswer | ClientToolAnswer;

interface AnswerRules<K extends RequestKind> {
  readonly mutation: string;
  readonly check: (
    request: PendingRequestByKind<K>,
    answer: Extract<ClientAnswer, { kind: K }>,
    sessionApproval: SessionApproval | null,
  ) => CheckedAnswer;
  /** Creates the answer that is sent when no client answers in time; it is never an approval. */
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

/** @throws {GatewayError} BAD_USER_INPUT when the answer does not fit the request; nothing was sent */
export function checkAnswer(
  { request, sessionApproval }: OpenRequest,
  answer: ClientAnswer,
): CheckedAnswer {
  const { check, mutation } = getRules(request);
  if (request.kind === answer.kind) return check(request, answer, sessionApproval);
  throw createInputError('requestId', `must be answered with ${mutation}`);
}

/** Returns the answer that is sent when no client answers in time. */
export function createExpiryAnswer({ request }: OpenRequest): CheckedAnswer {
  return getRules(request).expire(request);
}

/** Returns the rules for a pending request. The cast is needed because TypeScript cannot infer that a request and its answer have the same kind. */
function getRules({ kind }: PendingRequest): AnswerRules<RequestKind> {
  return rulesByKind[kind] as AnswerRules<RequestKind>;
}

export async function sendPermission(
  sdkSession: CopilotSession,
  requestId: string,
  result: PermissionAnswer,
): Promise<boolean> {
  const { permissions } = sdkSession.rpc;
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
    send: (sdkSession) => sendPermission(sdkSession, requestId, result),
  };
}

function expirePermission({ requestId }: PendingRequestByKind<'permission'>): CheckedAnswer {
  const feedback = EXPIRED_FEEDBACK;
  return {
    resolution: 'EXPIRED',
    feedback,
    send: (sdkSession) => sendPermission(sdkSession, requestId, { kind: 'reject', feedback }),
  };
}

function buildPermissionAnswer(
  sessionApproval: SessionApproval | null,
  decision: PermissionDecision,
  feedback: string | null,
): PermissionAnswer {
  if (decision === 'REJECT') return { kind: 'reject', ...(feedback !== null && { feedback }) };
  if (feedback !== null) {
    throw createInputError('feedback', 'must be omitted unless the decision is REJECT');
  }
  if (decision === 'APPROVE_ONCE') return { kind: 'approve-once' };
  if (sessionApproval) return { kind: 'approve-for-session', approval: sessionApproval };
  throw createInputError(
    'decision',
    'must not be APPROVE_FOR_SESSION when canApproveForSession is false',
  );
}

function checkUserInput(
  { requestId, choices, allowFreeform }: PendingRequestByKind<'user_input'>,
  { answer }: ClientUserInputAnswer,
): CheckedAnswer {
  const wasFreeform = !choices.includes(answer);
  if (wasFreeform && !allowFreeform) {
    throw createInputError('answer', 'must be one of the choices');
  }
  return {
    resolution: 'ANSWERED',
    feedback: answer,
    send: (sdkSession) => sendUserInput(sdkSession, requestId, { answer, wasFreeform }),
  };
}

/** The runtime has no other result for a question: the model reads this text as the answer. */
function expireUserInput({ requestId }: PendingRequestByKind<'user_input'>): CheckedAnswer {
  const answer = EXPIRED_FEEDBACK;
  return {
    resolution: 'EXPIRED',
    feedback: answer,
    send: (sdkSession) => sendUserInput(sdkSession, requestId, { answer, wasFreeform: true }),
  };
}

async function sendUserInput(
  sdkSession: CopilotSession,
  requestId: string,
  response: { readonly answer: string; readonly wasFreeform: boolean },
): Promise<boolean> {
  return (await sdkSession.rpc.ui.handlePendingUserInput({ requestId, response })).success;
}
