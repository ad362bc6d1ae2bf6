export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  /** Null when no premium requests are billed, for example with a client-supplied provider. */
  readonly premiumRequests: number | null;
}

/** Usage of one model call, or of a turn as the sum of its model calls. */
export interface TurnUsage extends Usage {
  /** Time spent in model calls. */
  readonly durationMs: number | null;
  /** For the first model call. */
  readonly timeToFirstTokenMs: number | null;
  /** The model of the last model call. */
  readonly model: string | null;
}

export interface ContextWindow {
  readonly contextTokens: number;
  readonly contextLimit: number;
}

export interface SessionUsage extends Usage {
  /** Number of turns that have started. */
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
