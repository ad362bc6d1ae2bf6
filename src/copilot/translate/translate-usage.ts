import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { ModelFailure } from '../../events/event.ts';
import type { TurnUsage } from '../../events/usage.ts';
import type { Change } from './change.ts';

type EventData<T extends RuntimeEvent['type']> = Extract<RuntimeEvent, { type: T }>['data'];

export function translateModelUsage(
  data: EventData<'assistant.usage'>,
  { agentId }: { readonly agentId: string | null },
): Change[] {
  const isMain = agentId === null;
  const usage: TurnUsage = {
    inputTokens: data.inputTokens ?? 0,
    outputTokens: data.outputTokens ?? 0,
    cacheReadTokens: data.cacheReadTokens ?? 0,
    cacheWriteTokens: data.cacheWriteTokens ?? 0,
    premiumRequests: data.isByok === true ? null : countBilledRequests(data),
    durationMs: roundDuration(data.duration),
    timeToFirstTokenMs: isMain ? roundDuration(data.timeToFirstTokenMs) : null,
    model: isMain ? data.model : null,
  };
  return [{ type: 'model-called', usage }];
}

/** What the agent asks by itself is not billed as a request. */
function countBilledRequests({ cost, initiator }: EventData<'assistant.usage'>): number {
  return initiator === undefined || initiator === 'user' ? (cost ?? 0) : 0;
}

export function translateCompaction(data: EventData<'session.compaction_complete'>): Change[] {
  return [
    {
      type: 'compacted',
      succeeded: data.success,
      tokensBefore: data.preCompactionTokens ?? null,
      tokensAfter: data.postCompactionTokens ?? null,
      messagesRemoved: data.messagesRemoved ?? null,
    },
    ...translateCompactionUsage(data.compactionTokensUsed),
  ];
}

/** The call that sums the conversation up is in no other event. */
function translateCompactionUsage(
  used: EventData<'session.compaction_complete'>['compactionTokensUsed'],
): Change[] {
  if (!used) return [];
  const usage: TurnUsage = {
    inputTokens: used.inputTokens ?? 0,
    outputTokens: used.outputTokens ?? 0,
    cacheReadTokens: used.cacheReadTokens ?? 0,
    cacheWriteTokens: used.cacheWriteTokens ?? 0,
    premiumRequests: null,
    durationMs: roundDuration(used.duration),
    timeToFirstTokenMs: null,
    model: null,
  };
  return [{ type: 'model-called', usage }];
}

/** In the words that the runtime has for its retries. What the model server says stays here: it may hold addresses. */
export function toModelFailure(data: EventData<'model.call_failure'>): ModelFailure {
  const statusCode = data.statusCode ?? null;
  return { reason: toRetryReason(data), model: data.model ?? null, statusCode };
}

function toRetryReason({ statusCode, failureKind }: EventData<'model.call_failure'>): string {
  if (statusCode === 429) return 'rate_limit';
  if (statusCode === 401) return 'transient_auth_error';
  return failureKind === 'transport' ? 'streaming_error' : 'api_error';
}

function roundDuration(milliseconds: number | undefined): number | null {
  return milliseconds === undefined ? null : Math.round(milliseconds);
}
