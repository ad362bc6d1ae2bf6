import type { EventByType, EventType,SessionEvent } from '../events/event.ts';
import { toTurnId } from '../events/ids.ts';
import { toOwnPublicId } from '../resolvers/ownership.ts';
import { builder } from './builder.ts';
import { AssistantMessageRef, QueuedMessageRef, ToolCallRef, UserMessageRef } from './message.ts';
import { RuntimeStateRef } from './status.ts';
import { TurnRef } from './turn.ts';

export const SessionEventRef = builder.interfaceRef<SessionEvent>('SessionEvent').implement({
  description:
    "One step of a session's timeline. Every value is complete in itself and carries the changed object as it was at that step, so a client upserts by id and a normalised cache follows without code. `cursor` is its identity; there is no other id.",
  resolveType: (event) => eventTypeNames[event.type],
  fields: (t) => ({
    cursor: t.expose('cursor', {
      type: 'Cursor',
      description: 'Its position: subscribe `after` it to go on.',
    }),
    sessionId: t.id({
      description: 'The session that it happened in.',
      resolve: ({ sessionId }, _args, context) => toOwnPublicId(sessionId, context),
    }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it happened.' }),
    turnId: t.id({
      nullable: true,
      description: 'The turn that it belongs to.',
      resolve: (event) => event.turnMessageId && toTurnId(event.turnMessageId),
    }),
    agentId: t.exposeID('agentId', {
      nullable: true,
      description:
        'The sub-agent that it belongs to; null for the main agent and for the session itself.',
    }),
  }),
});

builder.objectRef<EventByType<'turn.changed'>>('TurnChanged').implement({
  description:
    'A turn was queued, started, waits, goes on, completed, failed or was aborted: see `turn.state`.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    turn: t.expose('turn', { type: TurnRef, description: 'The turn at this step.' }),
  }),
});

builder.objectRef<EventByType<'user_message.added'>>('UserMessageAdded').implement({
  description:
    "Also what another client sent, and what the runtime put in on a sub-agent's behalf.",
  interfaces: [SessionEventRef],
  fields: (t) => ({
    userMessage: t.expose('userMessage', { type: UserMessageRef, description: 'The message.' }),
  }),
});

builder
  .objectRef<EventByType<'assistant_message.completed'>>('AssistantMessageCompleted')
  .implement({
    description:
      'Final content, tool calls included; a message without deltas comes only as this and one COMPLETE patch.',
    interfaces: [SessionEventRef],
    fields: (t) => ({
      assistantMessage: t.expose('assistantMessage', {
        type: AssistantMessageRef,
        description: 'The message.',
      }),
    }),
  });

builder.objectRef<EventByType<'tool_call.changed'>>('ToolCallChanged').implement({
  description: 'Asked for, started, reported progress or ended: see `toolCall.state`.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    toolCall: t.expose('toolCall', { type: ToolCallRef, description: 'The call at this step.' }),
  }),
});

builder.objectRef<EventByType<'tool.output_delta'>>('ToolOutputDelta').implement({
  description:
    'Output of a running tool, by the same merge rule as MessageDelta. `toolCall.output` replaces it at the end.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    toolCallId: t.exposeID('toolCallId', { description: 'Id of the tool call.' }),
    offset: t.exposeInt('offset', {
      description: "UTF-16 code units from the start of the call's output.",
    }),
    text: t.exposeString('text', { description: 'What stands there from then on.' }),
  }),
});

const DeltaKindRef = builder.enumType('DeltaKind', {
  description: 'Which text grows.',
  values: {
    CONTENT: { description: 'What the agent says.' },
    REASONING: { description: 'What the model thinks before.' },
  } as const,
});

const DeltaStateRef = builder.enumType('DeltaState', {
  description: 'How final a text is.',
  values: {
    STREAMING: { description: 'More may come.' },
    COMPLETE: { description: 'The text is final.' },
    DISCARDED: {
      description:
        'Retried, aborted or interrupted; drop the text of this id and kind unless a later value (offset 0) arrives; for an unknown id, ignore.',
    },
  } as const,
});

export const MessageDeltaRef = builder
  .objectRef<EventByType<'message.delta'>>('MessageDelta')
  .implement({
    description: 'A patch: content = content.slice(0, offset) + text.',
    interfaces: [SessionEventRef],
    fields: (t) => ({
      messageId: t.exposeID('messageId', {
        description:
          'The message that grows. REASONING starts before its message exists: it has an id of its own, which the finished message names in `reasoningId`.',
      }),
      kind: t.expose('kind', { type: DeltaKindRef, description: 'Which of its texts.' }),
      offset: t.exposeInt('offset', {
        description: "UTF-16 code units from the start of this id's text.",
      }),
      text: t.exposeString('text', { description: 'What stands there from then on.' }),
      state: t.expose('state', { type: DeltaStateRef, description: 'How final the text is.' }),
    }),
  });

builder.objectRef<EventByType<'title.changed'>>('TitleChanged').implement({
  description: 'The session has another title.',
  interfaces: [SessionEventRef],
  fields: (t) => ({ title: t.exposeString('title', { description: 'The new title.' }) }),
});

export const SessionInfoRef = builder
  .objectRef<EventByType<'session.info'>>('SessionInfo')
  .implement({
    description: 'A notice of the runtime.',
    interfaces: [SessionEventRef],
    fields: (t) => ({
      infoType: t.exposeString('infoType', {
        description: "The runtime's own word for what it is about.",
      }),
      message: t.exposeString('message', { description: 'For people.' }),
      tip: t.exposeString('tip', { nullable: true, description: 'What can be done about it.' }),
      url: t.exposeString('url', { nullable: true, description: 'Where more is to be found.' }),
    }),
  });

builder.objectRef<EventByType<'session.warning'>>('SessionWarning').implement({
  description: 'Something is not as it should be.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    warningType: t.exposeString('warningType', {
      description: "The runtime's own word for what it is about.",
    }),
    message: t.exposeString('message', { description: 'For people.' }),
    url: t.exposeString('url', { nullable: true, description: 'Where more is to be found.' }),
  }),
});

builder.objectRef<EventByType<'credentials.required'>>('CredentialsRequired').implement({
  description:
    "The session's GitHub token is missing, expired or refused: call updateSessionCredentials. Or the key of its own model provider is missing: call resumeSession with `provider`.",
  interfaces: [SessionEventRef],
  fields: (t) => ({
    host: t.exposeString('host', {
      nullable: true,
      description: 'Whose token or key is needed; null: that of the GitHub which the runtime uses.',
    }),
    reason: t.exposeString('reason', { description: 'For people.' }),
  }),
});

builder.objectRef<EventByType<'runtime.changed'>>('RuntimeChanged').implement({
  description: "The session's runtime went away (LOST) or is back (CONNECTED).",
  interfaces: [SessionEventRef],
  fields: (t) => ({
    runtimeState: t.expose('runtimeState', {
      type: RuntimeStateRef,
      description: 'State of the connection.',
    }),
  }),
});

builder.objectRef<EventByType<'session.deleted'>>('SessionDeleted').implement({
  description: 'The last event; the subscription then completes.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    deletedSessionId: t.id({
      description: 'The session that is gone.',
      resolve: ({ sessionId }, _args, context) => toOwnPublicId(sessionId, context),
    }),
  }),
});

/** A new kind of event does not compile until it has its GraphQL type. */
export const eventTypeNames = {
  'turn.changed': 'TurnChanged',
  'user_message.added': 'UserMessageAdded',
  'message.delta': 'MessageDelta',
  'assistant_message.completed': 'AssistantMessageCompleted',
  'tool_call.changed': 'ToolCallChanged',
  'tool.output_delta': 'ToolOutputDelta',
  'request.pending': 'RequestPending',
  'request.resolved': 'RequestResolved',
  'queue.changed': 'QueueChanged',
  'title.changed': 'TitleChanged',
  'intent.changed': 'IntentChanged',
  'subagent.changed': 'SubagentChanged',
  'model.changed': 'ModelChanged',
  'model.retry': 'ModelRetry',
  'context.compacted': 'ContextCompacted',
  'usage.changed': 'UsageChanged',
  'session.info': 'SessionInfo',
  'session.warning': 'SessionWarning',
  'credentials.required': 'CredentialsRequired',
  'runtime.changed': 'RuntimeChanged',
  'session.deleted': 'SessionDeleted',
} as const satisfies Record<EventType, string>;

export const SessionEventTypeRef = builder.enumType('SessionEventType', {
  description: 'One value per concrete type: FOO_BAR selects FooBar.',
  values: {
    TURN_CHANGED: { value: 'turn.changed', description: 'TurnChanged' },
    USER_MESSAGE_ADDED: { value: 'user_message.added', description: 'UserMessageAdded' },
    MESSAGE_DELTA: { value: 'message.delta', description: 'MessageDelta' },
    ASSISTANT_MESSAGE_COMPLETED: {
      value: 'assistant_message.completed',
      description: 'AssistantMessageCompleted',
    },
    TOOL_CALL_CHANGED: { value: 'tool_call.changed', description: 'ToolCallChanged' },
    TOOL_OUTPUT_DELTA: { value: 'tool.output_delta', description: 'ToolOutputDelta' },
    REQUEST_PENDING: { value: 'request.pending', description: 'RequestPending' },
    REQUEST_RESOLVED: { value: 'request.resolved', description: 'RequestResolved' },
    QUEUE_CHANGED: { value: 'queue.changed', description: 'QueueChanged' },
    TITLE_CHANGED: { value: 'title.changed', description: 'TitleChanged' },
    INTENT_CHANGED: { value: 'intent.changed', description: 'IntentChanged' },
    SUBAGENT_CHANGED: { value: 'subagent.changed', description: 'SubagentChanged' },
    MODEL_CHANGED: { value: 'model.changed', description: 'ModelChanged' },
    MODEL_RETRY: { value: 'model.retry', description: 'ModelRetry' },
    CONTEXT_COMPACTED: { value: 'context.compacted', description: 'ContextCompacted' },
    USAGE_CHANGED: { value: 'usage.changed', description: 'UsageChanged' },
    SESSION_INFO: { value: 'session.info', description: 'SessionInfo' },
    SESSION_WARNING: { value: 'session.warning', description: 'SessionWarning' },
    CREDENTIALS_REQUIRED: { value: 'credentials.required', description: 'CredentialsRequired' },
    RUNTIME_CHANGED: { value: 'runtime.changed', description: 'RuntimeChanged' },
    SESSION_DELETED: { value: 'session.deleted', description: 'SessionDeleted' },
  } as const satisfies Record<string, { value: EventType; description: string }>,
});

builder.objectRef<EventByType<'queue.changed'>>('QueueChanged').implement({
  description: 'The queue after the change; the whole of it, oldest first.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    queuedMessages: t.expose('queuedMessages', {
      type: [QueuedMessageRef],
      description: 'What waits now.',
    }),
  }),
});
