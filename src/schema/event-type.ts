import type { EventType } from '../events/event.ts';
import { builder } from './builder.ts';

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
