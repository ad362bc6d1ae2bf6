import type { ModelFailure } from '../../events/event.ts';
import type { TurnUsage } from '../../events/usage.ts';
import type { Change } from './change.ts';
import type { EventData, EventEnvelope } from './translation.ts';

export function translateModelUsage(
  data: EventData<'assistant.usage'>,
  { agentId }: EventEnvelope,
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
  return [{ type: 'usage-reported', usage }];
}

/** Only requests of a user are billed, not those that the agent initiates. */
function countBilledRequests({ cost, initiator }: EventData<'assistant.usage'>): number {
  return initiator === undefined || initiator === 'user' ? (cost ?? 0) : 0;
}

export function translateCompaction(data: EventData<'session.compaction_complete'>): Change[] {
  return [
    {
      type: 'context-compacted',
      succeeded: data.success,
      tokensBefore: data.preCompactionTokens ?? null,
      tokensAfter: data.postCompactionTokens ?? null,
      messagesRemoved: data.messagesRemoved ?? null,
    },
    ...translateCompactionUsage(data.compactionTokensUsed),
  ];
}

/** The usage of the model call that summarizes the conversation; no `assistant.usage` event reports it. */
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
  return [{ type: 'usage-reported', usage }];
}

/** Uses the runtime's own names of its retry reasons. The message of the model server is dropped: it may contain URLs. */
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
