import type { Client, Operation } from '../clients/transports.ts';

export interface TurnUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly premiumRequests: number | null;
  readonly durationMs: number;
  readonly timeToFirstTokenMs: number | null;
  readonly model: string | null;
}

export interface SessionUsage {
  readonly turns: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly premiumRequests: number | null;
  readonly contextTokens: number | null;
  readonly contextLimit: number | null;
}

export interface Subagent {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly state: string;
  readonly toolCallId: string;
  readonly toolCallCount: number | null;
  readonly tokens: number | null;
  readonly error: string | null;
}

const turnUsage = `inputTokens outputTokens cacheReadTokens cacheWriteTokens premiumRequests durationMs
  timeToFirstTokenMs model`;
const sessionUsage = `turns inputTokens outputTokens cacheReadTokens cacheWriteTokens premiumRequests contextTokens
  contextLimit`;
const subagent = 'id name displayName description state toolCallId toolCallCount tokens error';

/** What is not of all types is absent. */
export interface AgentEvent {
  readonly __typename: string;
  readonly cursor: string;
  readonly turnId: string | null;
  readonly agentId: string | null;
  readonly intent?: string;
  readonly model?: string | null;
  readonly previousModel?: string | null;
  readonly cause?: string | null;
  readonly reason?: string;
  readonly statusCode?: number | null;
  readonly attempt?: number | null;
  readonly succeeded?: boolean;
  readonly tokensBefore?: number | null;
  readonly tokensAfter?: number | null;
  readonly messagesRemoved?: number | null;
  readonly turnUsage?: TurnUsage | null;
  readonly sessionUsage?: SessionUsage;
  readonly subagent?: Subagent;
}

export const agentEvents =
  `subscription ($sessionId: ID!, $after: Cursor, $types: [SessionEventType!]) {
  sessionEvents(sessionId: $sessionId, after: $after, types: $types) {
    __typename cursor turnId agentId
    ... on IntentChanged { intent }
    ... on ModelChanged { model previousModel cause }
    ... on ModelRetry { reason model statusCode attempt }
    ... on ContextCompacted { succeeded tokensBefore tokensAfter messagesRemoved }
    ... on UsageChanged { turnUsage { ${turnUsage} } sessionUsage { ${sessionUsage} } }
    ... on SubagentChanged { subagent { ${subagent} } }
  }
}` as Operation<{ readonly sessionEvents: AgentEvent }>;

const readUsage = `query ($id: ID!, $turnId: ID!) {
  session(id: $id) { usage { ${sessionUsage} } turn(id: $turnId) { usage { ${turnUsage} } } }
}` as Operation<{
  readonly session: {
    readonly usage: SessionUsage;
    readonly turn: { readonly usage: TurnUsage | null };
  };
}>;

export async function usageOf(
  client: Client,
  sessionId: string,
  turnId: string,
): Promise<{ session: SessionUsage; turn: TurnUsage | null }> {
  const { session } = await client.run(readUsage, { id: sessionId, turnId });
  return { session: session.usage, turn: session.turn.usage };
}

const readSubagents =
  `query ($id: ID!) { session(id: $id) { subagents { ${subagent} } } }` as Operation<{
    readonly session: { readonly subagents: readonly Subagent[] };
  }>;

export async function subagentsOf(client: Client, sessionId: string): Promise<readonly Subagent[]> {
  return (await client.run(readSubagents, { id: sessionId })).session.subagents;
}

export const changeModel = `mutation ($input: ResumeSessionInput!) {
  resumeSession(input: $input) { session { id model } }
}` as Operation<{ readonly resumeSession: { readonly session: { readonly model: string } } }>;
