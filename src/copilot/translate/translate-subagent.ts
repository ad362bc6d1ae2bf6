import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Change, SubagentChange } from './change.ts';

type DataOf<T extends RuntimeEvent['type']> = Extract<RuntimeEvent, { type: T }>['data'];
interface Envelope {
  readonly at: Date;
  readonly agentId: string | null;
}

export function subagentStarted(data: DataOf<'subagent.started'>, envelope: Envelope): Change[] {
  const change: SubagentChange = {
    ...namesOf(data),
    description: data.agentDescription || null,
    state: 'RUNNING',
    startedAt: envelope.at,
    finishedAt: null,
  };
  return subagent(data, envelope, change);
}

export function subagentCompleted(
  data: DataOf<'subagent.completed'>,
  envelope: Envelope,
): Change[] {
  const state = data.cancelled === true ? 'CANCELLED' : 'COMPLETED';
  return subagent(data, envelope, { ...endOf(data, envelope), state });
}

export function subagentFailed(data: DataOf<'subagent.failed'>, envelope: Envelope): Change[] {
  return subagent(data, envelope, {
    ...endOf(data, envelope),
    state: 'FAILED',
    error: data.error,
  });
}

function subagent(
  data: { readonly toolCallId: string; readonly parentId?: string },
  { agentId }: Envelope,
  change: SubagentChange,
): Change[] {
  const { toolCallId, parentId } = data;
  const asked = { agentId: parentId ?? null, toolCallId };
  return [{ type: 'subagent', subagentId: agentId ?? toolCallId, asked, change }];
}

function namesOf(
  data: DataOf<'subagent.started' | 'subagent.completed' | 'subagent.failed'>,
): SubagentChange {
  return {
    name: data.agentName,
    displayName: data.agentDisplayName || data.agentName,
    ...(data.model === undefined ? {} : { model: data.model }),
  };
}

function endOf(
  data: DataOf<'subagent.completed' | 'subagent.failed'>,
  { at }: Envelope,
): SubagentChange {
  return {
    ...namesOf(data),
    finishedAt: at,
    ...(data.totalToolCalls === undefined ? {} : { toolCallCount: data.totalToolCalls }),
    ...(data.totalTokens === undefined ? {} : { tokens: data.totalTokens }),
  };
}
