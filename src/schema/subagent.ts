import type { Subagent } from '../events/subagent.ts';
import { listSubagents } from '../resolvers/session.ts';
import { builder } from './builder.ts';
import { SessionRef } from './session.ts';

const SubagentStateRef = builder.enumType('SubagentState', {
  description: 'How far a sub-agent is.',
  values: {
    RUNNING: { description: 'It is at work.' },
    COMPLETED: { description: 'It has done its task.' },
    FAILED: { description: 'It ended with an error.' },
    CANCELLED: { description: 'It was stopped, or its runtime was, before it had done its task.' },
  } as const,
});

export const SubagentRef = builder.objectRef<Subagent>('Subagent').implement({
  description: 'An agent that another one has given a task to.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The `agentId` of its messages, tool calls and events.' }),
    name: t.exposeString('name', { description: 'Name of its kind.' }),
    displayName: t.exposeString('displayName', { description: 'For people.' }),
    description: t.exposeString('description', {
      nullable: true,
      description: 'What its task is.',
    }),
    state: t.expose('state', { type: SubagentStateRef, description: 'How far it is.' }),
    toolCallId: t.exposeID('toolCallId', {
      nullable: true,
      description: 'The tool call of the parent that started it; render it there.',
    }),
    model: t.exposeString('model', { nullable: true, description: 'The model that it runs on.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it began.',
    }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended.',
    }),
    toolCallCount: t.exposeInt('toolCallCount', {
      nullable: true,
      description: 'How many tool calls it has made; known at its end.',
    }),
    tokens: t.exposeInt('tokens', {
      nullable: true,
      description: 'Input and output tokens that it has used; known at its end.',
    }),
    error: t.exposeString('error', { nullable: true, description: 'Why it failed.' }),
  }),
});

builder.objectField(SessionRef, 'subagents', (t) =>
  t.field({
    type: [SubagentRef],
    nullable: true,
    description:
      'Its sub-agents, in the order in which they were started. Readable without resuming the session.',
    resolve: (session, _args, context) => listSubagents(session, context),
  }),
);
