import { toToolCallId } from '../../events/ids.ts';
import type { ToolCall } from '../../events/message.ts';
import type { ToolCallChange } from '../translate/change.ts';
import { emptyToolCall } from '../translate/translate-event.ts';

type ToolCallOrigin = Pick<ToolCall, 'agentId' | 'turnMessageId' | 'parentToolCallId'>;

/**
 * The tool calls that are under way. Their ids are the model server's own, and those of a sub-agent repeat those of
 * the agent that waits for it.
 */
export class ToolCalls {
  readonly #calls = new Map<string, ToolCall>();

  /** @param delegated public ids of those that only wait for a sub-agent */
  isAnyRunning(delegated: ReadonlySet<string>): boolean {
    return [...this.#calls.values()].some(
      (call) =>
        call.state === 'RUNNING' && !delegated.has(toToolCallId(call.messageId, call.toolCallId)),
    );
  }

  /** Those that have not ended. */
  get open(): ToolCall[] {
    return [...this.#calls.values()].filter(({ finishedAt }) => finishedAt === null);
  }

  readonly add = (call: ToolCall): void => {
    this.#calls.set(toAgentCallKey(call.agentId, call.toolCallId), call);
  };

  /** The call with the change, that of an unknown one included. */
  applyChange(id: string, change: ToolCallChange, asked: ToolCallOrigin): ToolCall {
    const known = this.#find(asked.agentId, id) ?? { ...emptyToolCall, toolCallId: id, ...asked };
    const call = { ...known, ...change };
    this.add(call);
    return call;
  }

  /** The id that clients know it by. */
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
