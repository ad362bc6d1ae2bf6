import {
  type RespondResult,
  respondToElicitationRequest,
  respondToPermissionRequest,
  respondToToolCall,
  respondToUserInputRequest,
} from '../resolvers/request.ts';
import { builder } from './builder.ts';
import { SessionRef } from './session.ts';

const answerRulesDescription =
  'The first valid answer wins; a later one has the outcome ALREADY_RESOLVED. REQUEST_NOT_FOUND when the session never had such a request, BAD_USER_INPUT when it is of another kind or the answer does not fit: it then still waits.';

const RespondOutcomeRef = builder.enumType('RespondOutcome', {
  description: 'What became of an answer.',
  values: {
    ACCEPTED: { description: 'The agent has it.' },
    ALREADY_RESOLVED: {
      description: 'Somebody else was first, time was up, or nobody waits for it any more.',
    },
  } as const,
});

const RespondPayloadRef = builder.objectRef<RespondResult>('RespondPayload').implement({
  description: 'What became of an answer.',
  fields: (t) => ({
    outcome: t.expose('outcome', {
      type: RespondOutcomeRef,
      description: 'Whether this answer was the one.',
    }),
    session: t.expose('session', { type: SessionRef, description: 'The session, after it.' }),
  }),
});

const PermissionDecisionRef = builder.enumType('PermissionDecision', {
  description: 'Whether the agent may.',
  values: {
    APPROVE_ONCE: { description: 'Yes, this time.' },
    APPROVE_FOR_SESSION: {
      description: 'Yes, and the same need not be asked again in this session.',
    },
    REJECT: { description: 'No.' },
  } as const,
});

const RespondToPermissionRequestInputRef = builder.inputType('RespondToPermissionRequestInput', {
  description: 'Whether the agent may do what it asks for.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Id of the session.' }),
    requestId: t.id({ required: true, description: 'Id of the request.' }),
    decision: t.field({
      type: PermissionDecisionRef,
      required: true,
      description: 'APPROVE_FOR_SESSION only where `canApproveForSession` is true.',
    }),
    feedback: t.string({
      description: 'With REJECT: what the agent should do instead; up to 32,768 bytes.',
    }),
  }),
});

builder.mutationField('respondToPermissionRequest', (t) =>
  t.field({
    type: RespondPayloadRef,
    nullable: true,
    description: `Permit or refuse what the agent asks for. ${answerRulesDescription}`,
    args: {
      input: t.arg({
        type: RespondToPermissionRequestInputRef,
        required: true,
        description: 'The decision.',
      }),
    },
    resolve: (_root, { input }, context) => respondToPermissionRequest(input, context),
  }),
);

const RespondToUserInputRequestInputRef = builder.inputType('RespondToUserInputRequestInput', {
  description: "The answer to the agent's question.",
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Id of the session.' }),
    requestId: t.id({ required: true, description: 'Id of the request.' }),
    answer: t.string({
      required: true,
      description: 'One of the choices, or any text where `allowFreeform` is true; not empty.',
    }),
  }),
});

builder.mutationField('respondToUserInputRequest', (t) =>
  t.field({
    type: RespondPayloadRef,
    nullable: true,
    description: `Answer the agent's question. ${answerRulesDescription}`,
    args: {
      input: t.arg({
        type: RespondToUserInputRequestInputRef,
        required: true,
        description: 'The answer.',
      }),
    },
    resolve: (_root, { input }, context) => respondToUserInputRequest(input, context),
  }),
);

const ElicitationActionRef = builder.enumType('ElicitationAction', {
  description: 'What became of a form.',
  values: {
    ACCEPT: { description: 'It is filled in, or the page was opened.' },
    DECLINE: { description: 'Somebody chose not to.' },
    CANCEL: { description: 'It was dismissed without a choice.' },
  } as const,
});

const RespondToElicitationRequestInputRef = builder.inputType('RespondToElicitationRequestInput', {
  description: 'The form, filled in or not.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Id of the session.' }),
    requestId: t.id({ required: true, description: 'Id of the request.' }),
    action: t.field({
      type: ElicitationActionRef,
      required: true,
      description: 'What became of it.',
    }),
    content: t.field({
      type: 'JSON',
      description:
        'With ACCEPT of a form: an object that fits `requestedSchema`; without fields when absent.',
    }),
  }),
});

builder.mutationField('respondToElicitationRequest', (t) =>
  t.field({
    type: RespondPayloadRef,
    nullable: true,
    description: `Give the details that a tool asks for, or refuse to. ${answerRulesDescription}`,
    args: {
      input: t.arg({
        type: RespondToElicitationRequestInputRef,
        required: true,
        description: 'The form.',
      }),
    },
    resolve: (_root, { input }, context) => respondToElicitationRequest(input, context),
  }),
);

const RespondToToolCallInputRef = builder.inputType('RespondToToolCallInput', {
  description: 'What came of a tool that a client runs: exactly one of result and error.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Id of the session.' }),
    requestId: t.id({ required: true, description: 'Id of the request.' }),
    result: t.field({
      type: 'JSON',
      description: 'What the agent gets: a string as it is, anything else as JSON; not null.',
    }),
    error: t.string({ description: 'Why the tool failed, for the agent; not empty.' }),
  }),
});

builder.mutationField('respondToToolCall', (t) =>
  t.field({
    type: RespondPayloadRef,
    nullable: true,
    description: `Give the result of a tool that a client runs. ${answerRulesDescription}`,
    args: {
      input: t.arg({
        type: RespondToToolCallInputRef,
        required: true,
        description: 'The result.',
      }),
    },
    resolve: (_root, { input }, context) => respondToToolCall(input, context),
  }),
);
