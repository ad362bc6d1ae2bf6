import type { Subagent } from '../events/subagent.ts';
import { listSubagents } from '../resolvers/session.ts';
import { builder } from './builder.ts';
import { SessionRef } from './session.ts';

const SubagentStateRef = builder.enumType('SubagentState', {
  description: 'The state of a sub-agent.',
  values: {
    RUNNING: { description: 'The sub-agent is working on its task.' },
    COMPLETED: { description: 'The sub-agent has completed its task.' },
    FAILED: { description: 'The sub-agent ended with an error.' },
    CANCELLED: {
      description: 'The sub-agent or its runtime was stopped before the task was completed.',
    },
  } as const,
});

export const SubagentRef = builder.objectRef<Subagent>('Subagent').implement({
  description: 'An agent that works on a task which another agent of the session delegated to it.',
  fields: (t) => ({
    id: t.exposeID('id', {
      description:
        'The ID of the sub-agent. Its messages, tool calls, requests and events have it as `agentId`.',
    }),
    name: t.exposeString('name', {
      description: 'The name of the kind of sub-agent, as known to the runtime.',
    }),
    displayName: t.exposeString('displayName', {
      description: 'The name of the kind of sub-agent, for display.',
    }),
    description: t.exposeString('description', {
      nullable: true,
      description: 'A description of the sub-agent for display, or null if there is none.',
    }),
    state: t.expose('state', {
      type: SubagentStateRef,
      description: 'The current state of the sub-agent.',
    }),
    toolCallId: t.exposeID('toolCallId', {
      nullable: true,
      description:
        'The ID of the tool call that started the sub-agent. Clients can show the sub-agent there.',
    }),
    model: t.exposeString('model', {
      nullable: true,
      description: 'The name of the model that the sub-agent uses, or null if it is unknown.',
    }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the sub-agent started, or null if it is unknown.',
    }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the sub-agent ended, or null while it is running.',
    }),
    toolCallCount: t.exposeInt('toolCallCount', {
      nullable: true,
      description:
        'The number of tool calls that the sub-agent has made, or null until it has ended.',
    }),
    tokens: t.exposeInt('tokens', {
      nullable: true,
      description:
        'The number of input and output tokens that the sub-agent has used, or null until it has ended.',
    }),
    error: t.exposeString('error', {
      nullable: true,
      description: 'Why the sub-agent failed, or null if it did not fail.',
    }),
  }),
});

builder.objectField(SessionRef, 'subagents', (t) =>
  t.field({
    type: [SubagentRef],
    nullable: true,
    description:
      'The sub-agents of the session, in the order in which they started. Reading them does not resume the session. FORBIDDEN for a session of another viewer.',
    resolve: (session, _args, context) => listSubagents(session, context),
  }),
);
