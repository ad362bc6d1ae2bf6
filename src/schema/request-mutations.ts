import {
  type RespondResult,
  respondToElicitationRequest,
  respondToPermissionRequest,
  respondToToolCall,
  respondToUserInputRequest,
} from '../resolvers/request.ts';
import { builder } from './builder.ts';
import { addMutation, sessionIdDescription } from './mutation.ts';
import { SessionRef } from './session.ts';

const respondRules =
  'The first valid response wins; a later one changes nothing and has the outcome ALREADY_RESOLVED, so the mutation is safe to repeat. Fails with REQUEST_NOT_FOUND if the session never had this request, with BAD_USER_INPUT if the request is of another type or the response does not fit (the request stays pending), with SESSION_NOT_FOUND, and with RUNTIME_UNAVAILABLE.';
const requestIdDescription = 'The ID of the pending request, as in `PendingRequest.id`.';

const RespondOutcomeRef = builder.enumType('RespondOutcome', {
  description: 'Whether a response to a pending request was the one that resolved it.',
  values: {
    ACCEPTED: { description: 'The response was accepted and was sent to the agent.' },
    ALREADY_RESOLVED: {
      description:
        'The request was resolved before: another client responded first, it expired, or it was cancelled or withdrawn. The response was ignored. This is not an error.',
    },
  } as const,
});

const RespondPayloadRef = builder.objectRef<RespondResult>('RespondPayload').implement({
  description:
    'Result of the mutations that respond to a pending request: `respondToPermissionRequest`, `respondToUserInputRequest`, `respondToElicitationRequest` and `respondToToolCall`.',
  fields: (t) => ({
    outcome: t.expose('outcome', {
      type: RespondOutcomeRef,
      description: 'Whether this response resolved the request or came too late.',
    }),
    session: t.expose('session', {
      type: SessionRef,
      description: 'The session after the response.',
    }),
  }),
});

const PermissionDecisionRef = builder.enumType('PermissionDecision', {
  description: 'A decision on a permission request of the agent.',
  values: {
    APPROVE_ONCE: { description: 'Permits this action once.' },
    APPROVE_FOR_SESSION: {
      description:
        'Permits this action, and the same action for the rest of the session without another request.',
    },
    REJECT: {
      description:
        'Denies the action. With `feedback` the agent continues and tries something else; without it the turn ends.',
    },
  } as const,
});

addMutation('respondToPermissionRequest', {
  description: `Approves or rejects a permission request of the agent. Returns whether this response was the one that counted. ${respondRules}`,
  payload: RespondPayloadRef,
  fields: (t) => ({
    sessionId: t.id({ required: true, description: sessionIdDescription }),
    requestId: t.id({ required: true, description: requestIdDescription }),
    decision: t.field({
      type: PermissionDecisionRef,
      required: true,
      description:
        'The decision. APPROVE_FOR_SESSION fails with BAD_USER_INPUT unless `PermissionRequest.canApproveForSession` is true.',
    }),
    feedback: t.string({
      description:
        'With REJECT only: a text that tells the agent what to do instead, at most 32768 bytes. If absent, the agent does not continue and the turn ends.',
    }),
  }),
  resolve: (input, context) => respondToPermissionRequest(input, context),
});

addMutation('respondToUserInputRequest', {
  description: `Answers a question of the agent. Returns whether this response was the one that counted. ${respondRules}`,
  payload: RespondPayloadRef,
  fields: (t) => ({
    sessionId: t.id({ required: true, description: sessionIdDescription }),
    requestId: t.id({ required: true, description: requestIdDescription }),
    answer: t.string({
      required: true,
      description:
        'The answer: one of `UserInputRequest.choices`, or any text if `allowFreeform` is true. Must not be blank; at most 256 KiB in UTF-8 (setting LIMIT_PROMPT_BYTES).',
    }),
  }),
  resolve: (input, context) => respondToUserInputRequest(input, context),
});

const ElicitationActionRef = builder.enumType('ElicitationAction', {
  description: 'What the user did with a form or page that an MCP server asked for.',
  values: {
    ACCEPT: { description: 'The user submitted the form or opened the page.' },
    DECLINE: { description: 'The user explicitly refused.' },
    CANCEL: { description: 'The user dismissed the form or page without a choice.' },
  } as const,
});

addMutation('respondToElicitationRequest', {
  description: `Submits, declines or cancels a form or page that an MCP server asked for. Returns whether this response was the one that counted. ${respondRules}`,
  payload: RespondPayloadRef,
  fields: (t) => ({
    sessionId: t.id({ required: true, description: sessionIdDescription }),
    requestId: t.id({ required: true, description: requestIdDescription }),
    action: t.field({
      type: ElicitationActionRef,
      required: true,
      description: 'Whether the form or page was accepted, declined or cancelled.',
    }),
    content: t.field({
      type: 'JSON',
      description:
        'The values of the form, as an object that matches `ElicitationRequest.requestedSchema`; only with ACCEPT and only for a form, else BAD_USER_INPUT. If absent, an empty object is submitted. At most 256 KiB as JSON (setting LIMIT_PROMPT_BYTES).',
    }),
  }),
  resolve: (input, context) => respondToElicitationRequest(input, context),
});

addMutation('respondToToolCall', {
  description: `Returns the result or the error of a client tool call to the agent. Exactly one of \`result\` and \`error\` is required. Returns whether this response was the one that counted. ${respondRules}`,
  payload: RespondPayloadRef,
  fields: (t) => ({
    sessionId: t.id({ required: true, description: sessionIdDescription }),
    requestId: t.id({ required: true, description: requestIdDescription }),
    result: t.field({
      type: 'JSON',
      description:
        'The result of the tool; null counts as absent. The agent reads a string as it is and any other value as JSON. At most 256 KiB (setting LIMIT_PROMPT_BYTES).',
    }),
    error: t.string({
      description:
        'A text that tells the agent why the tool failed. Must not be blank; at most 256 KiB in UTF-8 (setting LIMIT_PROMPT_BYTES).',
    }),
  }),
  resolve: (input, context) => respondToToolCall(input, context),
});
