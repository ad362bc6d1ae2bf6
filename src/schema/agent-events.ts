import type { EventByType } from '../events/event.ts';
import { builder } from './builder.ts';
import { SessionEventRef } from './event.ts';
import { ReasoningEffortRef } from './model.ts';
import { SubagentRef } from './subagent.ts';
import { SessionUsageRef, TurnUsageRef } from './usage.ts';

builder.objectRef<EventByType<'intent.changed'>>('IntentChanged').implement({
  description:
    'Emitted when the agent reports what it is about to do. Clients can show the latest intent as a status line.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    intent: t.exposeString('intent', {
      description: 'What the agent is about to do, as a short text for display.',
    }),
  }),
});

builder.objectRef<EventByType<'subagent.changed'>>('SubagentChanged').implement({
  description: 'Emitted when a sub-agent starts, changes its model or ends.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    subagent: t.expose('subagent', {
      type: SubagentRef,
      description: 'The sub-agent, in the state that it has after this event.',
    }),
  }),
});

builder.objectRef<EventByType<'model.changed'>>('ModelChanged').implement({
  description:
    'Emitted when the model or the reasoning effort of the session changes, through a client or automatically.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    model: t.exposeString('model', {
      nullable: true,
      description: 'The name of the model that the session uses from now on.',
    }),
    previousModel: t.exposeString('previousModel', {
      nullable: true,
      description: 'The name of the model before the change, or null if it is unknown.',
    }),
    reasoningEffort: t.expose('reasoningEffort', {
      type: ReasoningEffortRef,
      nullable: true,
      description:
        'The reasoning effort that the session uses from now on, or null for the default of the model.',
    }),
    cause: t.exposeString('cause', {
      nullable: true,
      description:
        'Why the runtime changed the model automatically, as named by the runtime; for example `rate_limit_auto_switch`. Null if a client changed it.',
    }),
  }),
});

builder.objectRef<EventByType<'context.compacted'>>('ContextCompacted').implement({
  description:
    'Emitted when the runtime has tried to replace the conversation by a summary in what it sends to the model, to free space in the context window. The history that clients see is not changed.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    succeeded: t.exposeBoolean('succeeded', {
      description:
        'Whether the conversation was replaced by a summary. If false, nothing was changed.',
    }),
    tokensBefore: t.exposeInt('tokensBefore', {
      nullable: true,
      description:
        'The size of the conversation before the compaction, in tokens, or null if it is unknown.',
    }),
    tokensAfter: t.exposeInt('tokensAfter', {
      nullable: true,
      description:
        'The size of the conversation after the compaction, in tokens, or null if it is unknown.',
    }),
    messagesRemoved: t.exposeInt('messagesRemoved', {
      nullable: true,
      description: 'The number of messages that the summary replaces, or null if it is unknown.',
    }),
  }),
});

builder.objectRef<EventByType<'usage.changed'>>('UsageChanged').implement({
  description:
    'Emitted after each model call, and when the fill level of the context window changes. Has the totals so far, not the difference.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    turnUsage: t.expose('turnUsage', {
      type: TurnUsageRef,
      nullable: true,
      description:
        'The total usage of the turn so far. Null outside of a turn and before the first model call of the turn has ended.',
    }),
    sessionUsage: t.expose('sessionUsage', {
      type: SessionUsageRef,
      description: 'The total usage of the session so far.',
    }),
  }),
});

builder.objectRef<EventByType<'model.retry'>>('ModelRetry').implement({
  description:
    'Emitted when a model call has failed and the runtime tries it again. The text that the failed call had streamed is discarded (`MessageDelta` with state DISCARDED).',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    reason: t.exposeString('reason', {
      description:
        'Why the call failed: `rate_limit`, `api_error`, `streaming_error` or `transient_auth_error`.',
    }),
    model: t.exposeString('model', {
      nullable: true,
      description: 'The name of the model that was called, or null if it is unknown.',
    }),
    statusCode: t.exposeInt('statusCode', {
      nullable: true,
      description:
        'The HTTP status code that the model provider returned, or null if the connection failed.',
    }),
    attempt: t.exposeInt('attempt', {
      nullable: true,
      description: 'The number of this retry of the call: 1 for the first retry.',
    }),
  }),
});
