import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Change, SubagentChange } from './change.ts';

type EventData<T extends RuntimeEvent['type']> = Extract<RuntimeEvent, { type: T }>['data'];
interface Envelope {
  readonly at: Date;
  readonly agentId: string | null;
}

export function translateSubagentStart(
  data: EventData<'subagent.started'>,
  envelope: Envelope,
): Change[] {
  const change: SubagentChange = {
    ...extractNames(data),
    description: data.agentDescription || null,
    state: 'RUNNING',
    startedAt: envelope.at,
    finishedAt: null,
  };
  return createSubagentChange(data, envelope, change);
}

export function translateSubagentCompletion(
  data: EventData<'subagent.completed'>,
  envelope: Envelope,
): Change[] {
  const state = data.cancelled === true ? 'CANCELLED' : 'COMPLETED';
  return createSubagentChange(data, envelope, { ...extractOutcome(data, envelope), state });
}

export function translateSubagentFailure(
  data: EventData<'subagent.failed'>,
  envelope: Envelope,
): Change[] {
  return createSubagentChange(data, envelope, {
    ...extractOutcome(data, envelope),
    state: 'FAILED',
    error: data.error,
  });
}

function createSubagentChange(
  data: { readonly toolCallId: string; readonly parentId?: string },
  { agentId }: Envelope,
  change: SubagentChange,
): Change[] {
  const { toolCallId, parentId } = data;
  const asked = { agentId: parentId ?? null, toolCallId };
  return [{ type: 'subagent', subagentId: agentId ?? toolCallId, asked, change }];
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
  { at }: Envelope,
): SubagentChange {
  return {
    ...extractNames(data),
    finishedAt: at,
    ...(data.totalToolCalls === undefined ? {} : { toolCallCount: data.totalToolCalls }),
    ...(data.totalTokens === undefined ? {} : { tokens: data.totalTokens }),
  };
}
