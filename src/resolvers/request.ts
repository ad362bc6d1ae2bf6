import { toModelText } from '../copilot/requests/client-tool-answer.ts';
import type { ElicitationAction } from '../copilot/requests/elicitation-answer.ts';
import type {
  ClientAnswer,
  PermissionDecision,
  RespondOutcome,
} from '../copilot/requests/request-answer.ts';
import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import { createInputError, createRequestNotFoundError } from '../errors/common-errors.ts';
import { parseRequestId, type SessionId } from '../events/ids.ts';
import type { PendingRequest } from '../events/pending-request.ts';
import { runAudited } from './audit.ts';
import type { Context } from './context.ts';
import { validateByteLength } from './input/fields.ts';
import { requireOwnedSession, requireOwner, toOwnPublicId } from './ownership.ts';

interface ResponseInput {
  readonly sessionId: string;
  readonly requestId: string;
}

interface PermissionResponseInput extends ResponseInput {
  readonly decision: PermissionDecision;
  readonly feedback?: string | null | undefined;
}

interface UserInputResponseInput extends ResponseInput {
  readonly answer: string;
}

interface ElicitationResponseInput extends ResponseInput {
  readonly action: ElicitationAction;
  readonly content?: unknown;
}

interface ToolResultInput extends ResponseInput {
  readonly result?: unknown;
  readonly error?: string | null | undefined;
}

export interface RespondResult {
  readonly outcome: RespondOutcome;
  readonly session: SessionSnapshot;
}

const MAX_FEEDBACK_BYTES = 32_768;

export function listPendingRequests(
  session: SessionSnapshot,
  context: Context,
): Promise<readonly PendingRequest[]> {
  return context.services.reader.listPendingRequests(requireOwner(session, context));
}

export function respondToPermissionRequest(
  input: PermissionResponseInput,
  context: Context,
): Promise<RespondResult> {
  const feedback = input.feedback ?? null;
  validateByteLength('feedback', feedback ?? '', MAX_FEEDBACK_BYTES);
  const answer = { kind: 'permission', decision: input.decision, feedback } as const;
  return respond(input, answer, context);
}

export function respondToUserInputRequest(
  input: UserInputResponseInput,
  context: Context,
): Promise<RespondResult> {
  if (input.answer.trim() === '') throw createInputError('answer', 'must not be empty');
  validateByteLength('answer', input.answer, context.services.limits.promptBytes);
  return respond(input, { kind: 'user_input', answer: input.answer }, context);
}

export function respondToElicitationRequest(
  input: ElicitationResponseInput,
  context: Context,
): Promise<RespondResult> {
  const content = input.content ?? null;
  validateByteLength('content', JSON.stringify(content), context.services.limits.promptBytes);
  return respond(input, { kind: 'elicitation', action: input.action, content }, context);
}

export function respondToToolCall(
  input: ToolResultInput,
  context: Context,
): Promise<RespondResult> {
  const { result = null, error = null } = input;
  if (error?.trim() === '') throw createInputError('error', 'must not be empty');
  const { promptBytes } = context.services.limits;
  validateByteLength('result', toModelText(result), promptBytes);
  validateByteLength('error', error ?? '', promptBytes);
  return respond(input, { kind: 'client_tool', result, error }, context);
}

async function respond(
  { sessionId, requestId }: ResponseInput,
  answer: ClientAnswer,
  context: Context,
): Promise<RespondResult> {
  const { sessions } = context.services;
  const owned = await requireOwnedSession(sessionId, context);
  const { id } = owned;
  const sendAnswer = async (): Promise<RespondOutcome> => {
    const runtimeId = parseRequestId(requestId);
    if (runtimeId === undefined) throw createRequestNotFoundError();
    return sessions.respond(owned, runtimeId, answer);
  };
  const outcome =
    answer.kind === 'permission'
      ? await respondAudited({ id, requestId, decision: answer.decision, sendAnswer }, context)
      : await sendAnswer();
  return { outcome, session: await sessions.requireSnapshot(id) };
}

interface PermissionResponse {
  readonly id: SessionId;
  readonly requestId: string;
  readonly decision: PermissionDecision;
  readonly sendAnswer: () => Promise<RespondOutcome>;
}

/** Audits the decision of a viewer. The client's text is recorded as the request only if the session has such a request. */
async function respondAudited(
  { id, requestId, decision, sendAnswer }: PermissionResponse,
  context: Context,
): Promise<RespondOutcome> {
  const runtimeId = parseRequestId(requestId);
  const pending = await context.services.reader.listPendingRequests(id);
  const request = pending.find((candidate) => candidate.requestId === runtimeId);
  return runAudited<RespondOutcome>(
    {
      audit: 'permission',
      by: 'viewer',
      what: request?.kind === 'permission' ? request.permissionKind : 'unknown',
      session: toOwnPublicId(id, context),
      permissionRequest: request ? requestId : 'unknown',
      decision,
      describeOutcome: (outcome) => outcome,
    },
    context,
    sendAnswer,
  );
}
