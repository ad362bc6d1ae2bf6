import { textOf } from '../copilot/requests/client-tool-answer.ts';
import type { ElicitationAction } from '../copilot/requests/elicitation-answer.ts';
import type {
  Answer,
  PermissionDecision,
  RespondOutcome,
} from '../copilot/requests/request-answer.ts';
import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import type { PendingRequest } from '../events/request.ts';
import { audited } from './audit.ts';
import type { Context } from './context.ts';
import { runtimeIdOfRequest, type SessionId } from './ids.ts';
import { badInput, checkBytes } from './input.ts';
import { contentOf, ownedSession, ownPublicId } from './ownership.ts';

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

export interface Responded {
  readonly outcome: RespondOutcome;
  readonly session: SessionSnapshot;
}

const MAX_FEEDBACK_BYTES = 32_768;

export function pendingRequests(
  session: SessionSnapshot,
  context: Context,
): Promise<readonly PendingRequest[]> {
  return context.services.reader.pendingRequests(contentOf(session, context));
}

export function respondToPermissionRequest(
  input: PermissionResponseInput,
  context: Context,
): Promise<Responded> {
  const feedback = input.feedback ?? null;
  checkBytes('feedback', feedback ?? '', MAX_FEEDBACK_BYTES);
  const answer = { kind: 'permission', decision: input.decision, feedback } as const;
  return respond(input, answer, context);
}

export function respondToUserInputRequest(
  input: UserInputResponseInput,
  context: Context,
): Promise<Responded> {
  if (input.answer.trim() === '') throw badInput('answer', 'must not be empty');
  checkBytes('answer', input.answer, context.services.limits.promptBytes);
  return respond(input, { kind: 'user_input', answer: input.answer }, context);
}

export function respondToElicitationRequest(
  input: ElicitationResponseInput,
  context: Context,
): Promise<Responded> {
  const content = input.content ?? null;
  checkBytes('content', JSON.stringify(content), context.services.limits.promptBytes);
  return respond(input, { kind: 'elicitation', action: input.action, content }, context);
}

export function respondToToolCall(input: ToolResultInput, context: Context): Promise<Responded> {
  const { result = null, error = null } = input;
  if (error?.trim() === '') throw badInput('error', 'must not be empty');
  const { promptBytes } = context.services.limits;
  checkBytes('result', textOf(result), promptBytes);
  checkBytes('error', error ?? '', promptBytes);
  return respond(input, { kind: 'client_tool', result, error }, context);
}

async function respond(
  { sessionId, requestId }: ResponseInput,
  answer: Answer,
  context: Context,
): Promise<Responded> {
  const { sessions } = context.services;
  const id = await ownedSession(sessionId, context);
  const answering = (): Promise<RespondOutcome> =>
    sessions.respond(id, runtimeIdOfRequest(requestId), answer);
  const outcome = await (answer.kind === 'permission'
    ? decide({ id, requestId, decision: answer.decision, answering }, context)
    : answering());
  // As it is after the answer.
  return { outcome, session: await sessions.snapshot(id) };
}

interface Decided {
  readonly id: SessionId;
  readonly requestId: string;
  readonly decision: PermissionDecision;
  readonly answering: () => Promise<RespondOutcome>;
}

async function decide(
  { id, requestId, decision, answering }: Decided,
  context: Context,
): Promise<RespondOutcome> {
  const runtimeId = runtimeIdOfRequest(requestId);
  const pending = await context.services.reader.pendingRequests(id);
  const asked = pending.find((request) => request.requestId === runtimeId);
  const what = asked?.kind === 'permission' ? asked.permissionKind : 'unknown';
  const permissionRequest = asked ? requestId : 'unknown';
  const about = {
    by: 'viewer',
    what,
    session: ownPublicId(id, context),
    permissionRequest,
  } as const;
  const outcomeOf = (outcome: RespondOutcome): string => outcome;
  return audited({ audit: 'permission', ...about, decision, outcomeOf }, context, answering);
}
