import type { EventByType } from '../events/event.ts';
import { builder } from './builder.ts';
import { SessionEventRef } from './event.ts';
import { ReasoningEffortRef } from './model.ts';
import { SubagentRef } from './subagent.ts';
import { SessionUsageRef } from './usage.ts';
import { TurnUsageRef } from './usage.ts';

builder.objectRef<EventByType<'intent.changed'>>('IntentChanged').implement({
  description: 'What the agent says it is about to do: a status line.',
  interfaces: [SessionEventRef],
  fields: (t) => ({ intent: t.exposeString('intent', { description: 'For people.' }) }),
});

builder.objectRef<EventByType<'subagent.changed'>>('SubagentChanged').implement({
  description: 'A sub-agent started, changed its model or ended: see `subagent.state`.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    subagent: t.expose('subagent', {
      type: SubagentRef,
      description: 'The sub-agent at this step.',
    }),
  }),
});

builder.objectRef<EventByType<'model.changed'>>('ModelChanged').implement({
  description: "The session's model or its effort is another one.",
  interfaces: [SessionEventRef],
  fields: (t) => ({
    model: t.exposeString('model', { nullable: true, description: 'The model from now on.' }),
    previousModel: t.exposeString('previousModel', {
      nullable: true,
      description: 'The model before; null when it is not known.',
    }),
    reasoningEffort: t.expose('reasoningEffort', {
      type: ReasoningEffortRef,
      nullable: true,
      description: "From now on; null: the model's default.",
    }),
    cause: t.exposeString('cause', {
      nullable: true,
      description:
        "The runtime's own word when it switched by itself, rate_limit_auto_switch for one; null when a viewer did.",
    }),
  }),
});

builder.objectRef<EventByType<'context.compacted'>>('ContextCompacted').implement({
  description:
    'The conversation was replaced by a summary in what the model is sent; the history stays.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    succeeded: t.exposeBoolean('succeeded', { description: 'False: all is as it was.' }),
    tokensBefore: t.exposeInt('tokensBefore', {
      nullable: true,
      description: 'Tokens of the conversation before.',
    }),
    tokensAfter: t.exposeInt('tokensAfter', {
      nullable: true,
      description: 'Tokens of the conversation from now on.',
    }),
    messagesRemoved: t.exposeInt('messagesRemoved', {
      nullable: true,
      description: 'How many messages the summary stands for.',
    }),
  }),
});

builder.objectRef<EventByType<'usage.changed'>>('UsageChanged').implement({
  description:
    "After every model call, and when the context window has filled further: the turn's and the session's sums so far.",
  interfaces: [SessionEventRef],
  fields: (t) => ({
    turnUsage: t.expose('turnUsage', {
      type: TurnUsageRef,
      nullable: true,
      description: 'Of the turn; null outside of turns and before its first call.',
    }),
    sessionUsage: t.expose('sessionUsage', {
      type: SessionUsageRef,
      description: 'Of the session.',
    }),
  }),
});

builder.objectRef<EventByType<'model.retry'>>('ModelRetry').implement({
  description: 'The model call failed and is tried again; the text so far is DISCARDED.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    reason: t.exposeString('reason', {
      description:
        "The runtime's word for it: rate_limit, api_error, streaming_error or transient_auth_error.",
    }),
    model: t.exposeString('model', { nullable: true, description: 'The model that was called.' }),
    statusCode: t.exposeInt('statusCode', {
      nullable: true,
      description: 'HTTP status of the model server; null when the connection failed.',
    }),
    attempt: t.exposeInt('attempt', {
      nullable: true,
      description: 'Which repetition of the call this is, from 1.',
    }),
  }),
});
