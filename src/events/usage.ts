export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  /** Null: none are billed, as with an own key. */
  readonly premiumRequests: number | null;
}

/** Of one model call, and of a turn: the sum of its calls. */
export interface TurnUsage extends Usage {
  /** Time in model calls. */
  readonly durationMs: number | null;
  /** Of the first call. */
  readonly timeToFirstTokenMs: number | null;
  /** Of the last call. */
  readonly model: string | null;
}

export interface ContextWindow {
  readonly contextTokens: number;
  readonly contextLimit: number;
}

export interface SessionUsage extends Usage {
  /** Those that have begun. */
  readonly turns: number;
  readonly contextTokens: number | null;
  readonly contextLimit: number | null;
}

export function addCallUsage(sum: TurnUsage | null, call: TurnUsage): TurnUsage {
  if (!sum) return call;
  return {
    inputTokens: sum.inputTokens + call.inputTokens,
    outputTokens: sum.outputTokens + call.outputTokens,
    cacheReadTokens: sum.cacheReadTokens + call.cacheReadTokens,
    cacheWriteTokens: sum.cacheWriteTokens + call.cacheWriteTokens,
    premiumRequests: addNullable(sum.premiumRequests, call.premiumRequests),
    durationMs: addNullable(sum.durationMs, call.durationMs),
    timeToFirstTokenMs: sum.timeToFirstTokenMs ?? call.timeToFirstTokenMs,
    model: call.model ?? sum.model,
  };
}

function addNullable(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : a + b;
}
