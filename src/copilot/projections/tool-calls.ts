import { toToolCallId } from '../../events/ids.ts';
import type { ToolCall } from '../../events/message.ts';
import type { ToolCallChange } from '../translate/change.ts';
import { emptyToolCall } from '../translate/translate-event.ts';

type ToolCallOrigin = Pick<ToolCall, 'agentId' | 'turnMessageId' | 'parentToolCallId'>;

/**
 * The tool calls of one session. Calls are identified by agent and model id: model servers reuse ids, and a sub-agent
 * repeats ids of the agent that waits for it.
 */
export class ToolCalls {
  readonly #calls = new Map<string, ToolCall>();

  /** @param awaitedIds public ids of the calls that only wait for a sub-agent, and therefore do not count */
  isAnyRunning(awaitedIds: ReadonlySet<string>): boolean {
    return [...this.#calls.values()].some(
      (call) =>
        call.state === 'RUNNING' && !awaitedIds.has(toToolCallId(call.messageId, call.toolCallId)),
    );
  }

  /** The calls that have not finished. */
  get open(): ToolCall[] {
    return [...this.#calls.values()].filter(({ finishedAt }) => finishedAt === null);
  }

  readonly add = (call: ToolCall): void => {
    this.#calls.set(toAgentCallKey(call.agentId, call.toolCallId), call);
  };

  /** Returns the changed call; a call that is not known is added. */
  applyChange(id: string, change: ToolCallChange, origin: ToolCallOrigin): ToolCall {
    const known = this.#find(origin.agentId, id) ?? { ...emptyToolCall, toolCallId: id, ...origin };
    const call = { ...known, ...change };
    this.add(call);
    return call;
  }

  /** Returns the id by which clients know the call. */
  getPublicId(agentId: string | null, id: string): string {
    return toToolCallId(this.#find(agentId, id)?.messageId ?? null, id);
  }

  clear(): void {
    this.#calls.clear();
  }

  #find(agentId: string | null, id: string): ToolCall | undefined {
    return this.#calls.get(toAgentCallKey(agentId, id));
  }
}

function toAgentCallKey(agentId: string | null, id: string): string {
  return JSON.stringify([agentId, id]);
}
