import type { CopilotSession } from '@github/copilot-sdk';

import { Failure } from '../../errors/gateway-error.ts';
import type {
  PendingRequest,
  PendingRequestOf,
  RequestKind,
  RequestResolution,
} from '../../events/request.ts';
import { EXPIRED_FEEDBACK } from '../translate/permission-policy.ts';
import type { PermissionAnswer, SessionApproval } from '../translate/session-approval.ts';
import type { CheckedAnswer } from './checked-answer.ts';
import { checkToolResult, type ClientToolAnswered, expiredToolCall } from './client-tool-answer.ts';
import {
  checkElicitation,
  type ElicitationAnswered,
  expiredElicitation,
} from './elicitation-answer.ts';

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
export type Answer =
  PermissionAnswered | UserInputAnswered | ElicitationAnswered | ClientToolAnswered;

export interface Asked {
  readonly request: PendingRequest;
  readonly sessionApproval: SessionApproval | null;
}

interface Rules<K extends RequestKind> {
  readonly mutation: string;
  readonly check: (
    request: PendingRequestOf<K>,
    answer: Extract<Answer, { kind: K }>,
    sessionApproval: SessionApproval | null,
  ) => CheckedAnswer;
  /** Nobody answered in time: never an approval. */
  readonly expired: (request: PendingRequestOf<K>) => CheckedAnswer;
}

const kinds: { readonly [K in RequestKind]: Rules<K> } = {
  permission: {
    mutation: 'respondToPermissionRequest',
    check: checkPermission,
    expired: expiredPermission,
  },
  user_input: {
    mutation: 'respondToUserInputRequest',
    check: checkUserInput,
    expired: expiredUserInput,
  },
  elicitation: {
    mutation: 'respondToElicitationRequest',
    check: checkElicitation,
    expired: expiredElicitation,
  },
  client_tool: {
    mutation: 'respondToToolCall',
    check: checkToolResult,
    expired: expiredToolCall,
  },
};

/** @throws Failure BAD_USER_INPUT, and then nothing was sent */
export function checkAnswer({ request, sessionApproval }: Asked, answer: Answer): CheckedAnswer {
  const { check, mutation } = rulesOf(request);
  if (request.kind === answer.kind) return check(request, answer, sessionApproval);
  throw new Failure('BAD_USER_INPUT', `requestId: this request is answered with ${mutation}`);
}

/** Of a request that nobody answered in time. */
export function refusalOf({ request }: Asked): CheckedAnswer {
  return rulesOf(request).expired(request);
}

/** TypeScript cannot follow one kind through the table, the request and the answer. */
function rulesOf({ kind }: PendingRequest): Rules<RequestKind> {
  return kinds[kind] as Rules<RequestKind>;
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
  { requestId }: PendingRequestOf<'permission'>,
  { decision, feedback }: PermissionAnswered,
  sessionApproval: SessionApproval | null,
): CheckedAnswer {
  const result = permissionAnswer(sessionApproval, decision, feedback);
  return {
    resolution: resolutions[decision],
    feedback,
    send: (attachment) => sendPermission(attachment, requestId, result),
  };
}

function expiredPermission({ requestId }: PendingRequestOf<'permission'>): CheckedAnswer {
  const feedback = EXPIRED_FEEDBACK;
  return {
    resolution: 'EXPIRED',
    feedback,
    send: (attachment) => sendPermission(attachment, requestId, { kind: 'reject', feedback }),
  };
}

function permissionAnswer(
  sessionApproval: SessionApproval | null,
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

/** The runtime has no other way to say it: the model reads this as the answer. */
function expiredUserInput({ requestId }: PendingRequestOf<'user_input'>): CheckedAnswer {
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
