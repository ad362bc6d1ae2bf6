export type SubagentState = 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED';

/** An agent that another agent started for a part of its work. */
export interface Subagent {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly state: SubagentState;
  /** Public id of the tool call that started the sub-agent. */
  readonly toolCallId: string;
  readonly turnMessageId: string | null;
  readonly model: string | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly toolCallCount: number | null;
  readonly tokens: number | null;
  readonly error: string | null;
}
