import type { EventByType, EventType, SessionEvent } from '../events/event.ts';
import { toTurnId } from '../events/ids.ts';
import { toOwnPublicId } from '../resolvers/ownership.ts';
import { builder } from './builder.ts';
import { AssistantMessageRef, QueuedMessageRef, ToolCallRef, UserMessageRef } from './message.ts';
import { RuntimeStateRef } from './status.ts';
import { TurnRef } from './turn.ts';

export const SessionEventRef = builder.interfaceRef<SessionEvent>('SessionEvent').implement({
  description:
    'An event in the timeline of a session. Every event is complete in itself: it has the changed object as it was at that moment, so a client replaces the object with the same ID. Events have no ID; `cursor` is their position. New event types may be added: clients should ignore unknown ones.',
  resolveType: (event) => eventTypeNames[event.type],
  fields: (t) => ({
    cursor: t.expose('cursor', {
      type: 'Cursor',
      description:
        'The position of the event. Pass it as `after` to a new subscription to continue after this event. A subscription without `after` first emits events that describe the current state; all of these have the position at which live events begin.',
    }),
    sessionId: t.id({
      description: 'The ID of the session in which the event occurred.',
      resolve: ({ sessionId }, _args, context) => toOwnPublicId(sessionId, context),
    }),
    occurredAt: t.expose('occurredAt', {
      type: 'DateTime',
      description: 'The time at which the event occurred.',
    }),
    turnId: t.id({
      nullable: true,
      description: 'The ID of the turn that the event belongs to, or null if it belongs to none.',
      resolve: (event) => event.turnMessageId && toTurnId(event.turnMessageId),
    }),
    agentId: t.exposeID('agentId', {
      nullable: true,
      description:
        'The ID of the sub-agent that the event belongs to, or null if it belongs to the main agent or to the session itself.',
    }),
  }),
});

builder.objectRef<EventByType<'turn.changed'>>('TurnChanged').implement({
  description:
    'Emitted when a turn is queued, starts, begins or stops waiting for input, completes, fails or is aborted.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    turn: t.expose('turn', {
      type: TurnRef,
      description: 'The turn, in the state that it has after this event.',
    }),
  }),
});

builder.objectRef<EventByType<'user_message.added'>>('UserMessageAdded').implement({
  description:
    'Emitted when the agent receives a message: one that any client has sent, or one that the runtime inserted on behalf of a sub-agent.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    userMessage: t.expose('userMessage', {
      type: UserMessageRef,
      description: 'The message that was added.',
    }),
  }),
});

builder
  .objectRef<EventByType<'assistant_message.completed'>>('AssistantMessageCompleted')
  .implement({
    description:
      'Emitted when a message of the agent is complete, with its final content and its tool calls. A message that was not streamed is delivered as this event and one `MessageDelta` with state COMPLETE.',
    interfaces: [SessionEventRef],
    fields: (t) => ({
      assistantMessage: t.expose('assistantMessage', {
        type: AssistantMessageRef,
        description: 'The complete message.',
      }),
    }),
  });

builder.objectRef<EventByType<'tool_call.changed'>>('ToolCallChanged').implement({
  description: 'Emitted when a tool call is requested, starts, reports progress or ends.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    toolCall: t.expose('toolCall', {
      type: ToolCallRef,
      description: 'The tool call, in the state that it has after this event.',
    }),
  }),
});

builder.objectRef<EventByType<'tool.output_delta'>>('ToolOutputDelta').implement({
  description:
    'Emitted when a running tool produces output. It is a patch of the output so far: `output = output.slice(0, offset) + text`. When the call ends, `ToolCall.output` replaces the whole text.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    toolCallId: t.exposeID('toolCallId', {
      description: 'The ID of the tool call that produces the output.',
    }),
    offset: t.exposeInt('offset', {
      description:
        'The position at which `text` begins, in UTF-16 code units from the start of the output of this tool call.',
    }),
    text: t.exposeString('text', {
      description: 'The text that replaces everything from `offset` on.',
    }),
  }),
});

const DeltaKindRef = builder.enumType('DeltaKind', {
  description: 'The kind of text that a `MessageDelta` changes.',
  values: {
    CONTENT: { description: 'The text of a message of the agent.' },
    REASONING: {
      description: 'The reasoning text that the model produces before a message.',
    },
  } as const,
});

const DeltaStateRef = builder.enumType('DeltaState', {
  description: 'Whether a streamed text is still being written.',
  values: {
    STREAMING: { description: 'The text is being written; more patches may follow.' },
    COMPLETE: { description: 'The text is final; no more patches follow.' },
    DISCARDED: {
      description:
        'The text is invalid because its model call failed and is retried, or because the turn was aborted or interrupted. Remove the text with this `messageId` and `kind`, or ignore the value if there is none. A later patch with offset 0 may write the text again.',
    },
  } as const,
});

export const MessageDeltaRef = builder
  .objectRef<EventByType<'message.delta'>>('MessageDelta')
  .implement({
    description:
      'Emitted when the text or the reasoning of a message grows, is completed or is discarded. It is a patch of the text with this `messageId` and `kind`: `content = content.slice(0, offset) + text`. Its cursor is valid for both `messageDelta` and `sessionEvents`.',
    interfaces: [SessionEventRef],
    fields: (t) => ({
      messageId: t.exposeID('messageId', {
        description:
          'The ID of the message that is being written. For REASONING it is the ID of the reasoning text, which begins before its message exists; `AssistantMessage.reasoningId` of the complete message has the same ID.',
      }),
      kind: t.expose('kind', {
        type: DeltaKindRef,
        description: 'Whether the patch changes the message text or its reasoning.',
      }),
      offset: t.exposeInt('offset', {
        description:
          'The position at which `text` begins, in UTF-16 code units from the start of the text with this `messageId` and `kind`.',
      }),
      text: t.exposeString('text', {
        description: 'The text that replaces everything from `offset` on.',
      }),
      state: t.expose('state', {
        type: DeltaStateRef,
        description:
          'Whether more patches of this text may follow, the text is complete, or it must be removed.',
      }),
    }),
  });

builder.objectRef<EventByType<'title.changed'>>('TitleChanged').implement({
  description:
    'Emitted when the title of the session changes, because a client set it or the runtime generated one.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    title: t.exposeString('title', { description: 'The new title of the session.' }),
  }),
});

export const SessionInfoRef = builder
  .objectRef<EventByType<'session.info'>>('SessionInfo')
  .implement({
    description:
      'Emitted when the runtime reports a notice about the session, for example the URL of the session on GitHub.',
    interfaces: [SessionEventRef],
    fields: (t) => ({
      infoType: t.exposeString('infoType', {
        description:
          'The type of the notice, as named by the runtime; for example `remote` for the URL on GitHub.',
      }),
      message: t.exposeString('message', { description: 'The text of the notice, for display.' }),
      tip: t.exposeString('tip', {
        nullable: true,
        description: 'A suggestion of what the user can do, for display, or null if there is none.',
      }),
      url: t.exposeString('url', {
        nullable: true,
        description: 'The URL that the notice refers to, or null if there is none.',
      }),
    }),
  });

builder.objectRef<EventByType<'session.warning'>>('SessionWarning').implement({
  description:
    'Emitted when there is a problem that does not stop the session, for example an MCP server that requires a sign-in, or a request of the runtime that no client can answer.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    warningType: t.exposeString('warningType', {
      description:
        'The type of the warning, as named by the runtime or the gateway; for example `remote`, `mcp_oauth` or `settings_drift`.',
    }),
    message: t.exposeString('message', { description: 'The text of the warning, for display.' }),
    url: t.exposeString('url', {
      nullable: true,
      description: 'The URL of further information, or null if there is none.',
    }),
  }),
});

builder.objectRef<EventByType<'credentials.required'>>('CredentialsRequired').implement({
  description:
    'Emitted when the session needs credentials from a client: its GitHub token is missing, expired or rejected (set it with `updateSessionCredentials`), or the key of its client-supplied model provider is missing (set it with `resumeSession` and `provider`). Until then, sending messages fails.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    host: t.exposeString('host', {
      nullable: true,
      description:
        'The host of the model provider whose key is missing, or null if a GitHub token is needed.',
    }),
    reason: t.exposeString('reason', {
      description: 'Why credentials are needed, as a text for display.',
    }),
  }),
});

builder.objectRef<EventByType<'runtime.changed'>>('RuntimeChanged').implement({
  description:
    'Emitted when the gateway loses its connection to the runtime of the session, and when the connection is restored.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    runtimeState: t.expose('runtimeState', {
      type: RuntimeStateRef,
      description:
        'LOST if the connection was lost, CONNECTED if it was restored. CONNECTING does not occur here; it is reported by `Runtime.state` only.',
    }),
  }),
});

builder.objectRef<EventByType<'session.deleted'>>('SessionDeleted').implement({
  description:
    'Emitted when the session is deleted. It is the last event of the session; the subscription then completes.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    deletedSessionId: t.id({
      description: 'The ID of the session that was deleted.',
      resolve: ({ sessionId }, _args, context) => toOwnPublicId(sessionId, context),
    }),
  }),
});

builder.objectRef<EventByType<'queue.changed'>>('QueueChanged').implement({
  description:
    'Emitted when a message is added to or leaves the queue of messages that wait for a turn of their own.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    queuedMessages: t.expose('queuedMessages', {
      type: [QueuedMessageRef],
      description: 'All messages that are in the queue after the change, oldest first.',
    }),
  }),
});

/** The `satisfies` clause makes a new type of event a compile error until it has a GraphQL type. */
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
  description:
    'A type of `SessionEvent`, for the argument `types` of `sessionEvents`. Each value selects the object type of the same name: TURN_CHANGED selects `TurnChanged`.',
  values: {
    TURN_CHANGED: {
      value: 'turn.changed',
      description:
        '`TurnChanged`: emitted when a turn is queued, starts, begins or stops waiting for input, or ends.',
    },
    USER_MESSAGE_ADDED: {
      value: 'user_message.added',
      description: '`UserMessageAdded`: emitted when the agent receives a message.',
    },
    MESSAGE_DELTA: {
      value: 'message.delta',
      description:
        '`MessageDelta`: emitted when the text or the reasoning of a message grows, is completed or is discarded.',
    },
    ASSISTANT_MESSAGE_COMPLETED: {
      value: 'assistant_message.completed',
      description: '`AssistantMessageCompleted`: emitted when a message of the agent is complete.',
    },
    TOOL_CALL_CHANGED: {
      value: 'tool_call.changed',
      description:
        '`ToolCallChanged`: emitted when a tool call is requested, starts, reports progress or ends.',
    },
    TOOL_OUTPUT_DELTA: {
      value: 'tool.output_delta',
      description: '`ToolOutputDelta`: emitted when a running tool produces output.',
    },
    REQUEST_PENDING: {
      value: 'request.pending',
      description:
        '`RequestPending`: emitted when the agent requests a permission, an answer, a form or a client tool call and waits for it.',
    },
    REQUEST_RESOLVED: {
      value: 'request.resolved',
      description:
        '`RequestResolved`: emitted when a pending request is answered, expires, is cancelled or is withdrawn.',
    },
    QUEUE_CHANGED: {
      value: 'queue.changed',
      description: '`QueueChanged`: emitted when a message is added to or leaves the queue.',
    },
    TITLE_CHANGED: {
      value: 'title.changed',
      description: '`TitleChanged`: emitted when the title of the session changes.',
    },
    INTENT_CHANGED: {
      value: 'intent.changed',
      description: '`IntentChanged`: emitted when the agent reports what it is about to do.',
    },
    SUBAGENT_CHANGED: {
      value: 'subagent.changed',
      description: '`SubagentChanged`: emitted when a sub-agent starts, changes its model or ends.',
    },
    MODEL_CHANGED: {
      value: 'model.changed',
      description:
        '`ModelChanged`: emitted when the model or the reasoning effort of the session changes.',
    },
    MODEL_RETRY: {
      value: 'model.retry',
      description: '`ModelRetry`: emitted when a failed model call is tried again.',
    },
    CONTEXT_COMPACTED: {
      value: 'context.compacted',
      description:
        '`ContextCompacted`: emitted when the runtime has tried to replace the conversation by a summary in what it sends to the model.',
    },
    USAGE_CHANGED: {
      value: 'usage.changed',
      description:
        '`UsageChanged`: emitted after each model call, and when the fill level of the context window changes.',
    },
    SESSION_INFO: {
      value: 'session.info',
      description: '`SessionInfo`: emitted when the runtime reports a notice about the session.',
    },
    SESSION_WARNING: {
      value: 'session.warning',
      description:
        '`SessionWarning`: emitted when there is a problem that does not stop the session.',
    },
    CREDENTIALS_REQUIRED: {
      value: 'credentials.required',
      description:
        '`CredentialsRequired`: emitted when the session needs a GitHub token or a provider key from a client.',
    },
    RUNTIME_CHANGED: {
      value: 'runtime.changed',
      description:
        '`RuntimeChanged`: emitted when the connection to the runtime is lost or restored.',
    },
    SESSION_DELETED: {
      value: 'session.deleted',
      description: '`SessionDeleted`: emitted as the last event when the session is deleted.',
    },
  } as const satisfies Record<string, { value: EventType; description: string }>,
});
