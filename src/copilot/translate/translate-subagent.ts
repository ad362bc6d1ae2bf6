import type { Change, SubagentChange } from './change.ts';
import type { EventData, EventEnvelope } from './translation.ts';

export function translateSubagentStart(
  data: EventData<'subagent.started'>,
  envelope: EventEnvelope,
): Change[] {
  const change: SubagentChange = {
    ...extractNames(data),
    description: data.agentDescription || null,
    state: 'RUNNING',
    startedAt: envelope.occurredAt,
    finishedAt: null,
  };
  return createSubagentChange(data, envelope, change);
}

export function translateSubagentCompletion(
  data: EventData<'subagent.completed'>,
  envelope: EventEnvelope,
): Change[] {
  const state = data.cancelled === true ? 'CANCELLED' : 'COMPLETED';
  return createSubagentChange(data, envelope, { ...extractOutcome(data, envelope), state });
}

export function translateSubagentFailure(
  data: EventData<'subagent.failed'>,
  envelope: EventEnvelope,
): Change[] {
  return createSubagentChange(data, envelope, {
    ...extractOutcome(data, envelope),
    state: 'FAILED',
    error: data.error,
  });
}

function createSubagentChange(
  data: { readonly toolCallId: string; readonly parentId?: string },
  { agentId }: EventEnvelope,
  change: SubagentChange,
): Change[] {
  const { toolCallId, parentId } = data;
  const requestedBy = { agentId: parentId ?? null, toolCallId };
  return [{ type: 'subagent-changed', subagentId: agentId ?? toolCallId, requestedBy, change }];
}

function extractNames(
  data: EventData<'subagent.started' | 'subagent.completed' | 'subagent.failed'>,
): SubagentChange {
  return {
    name: data.agentName,
    displayName: data.agentDisplayName || data.agentName,
    ...(data.model === undefined ? {} : { model: data.model }),
  };
}

function extractOutcome(
  data: EventData<'subagent.completed' | 'subagent.failed'>,
  { occurredAt }: EventEnvelope,
): SubagentChange {
  return {
    ...extractNames(data),
    finishedAt: occurredAt,
    ...(data.totalToolCalls === undefined ? {} : { toolCallCount: data.totalToolCalls }),
    ...(data.totalTokens === undefined ? {} : { tokens: data.totalTokens }),
  };
}
