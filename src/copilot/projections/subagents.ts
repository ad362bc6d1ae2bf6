import type { Subagent } from '../../events/subagent.ts';
import type { ChangeByType } from '../translate/change.ts';
import type { ToolCalls } from './tool-calls.ts';

const initialSubagent: Omit<Subagent, 'id' | 'toolCallId'> = {
  name: '',
  displayName: '',
  description: null,
  state: 'RUNNING',
  turnMessageId: null,
  model: null,
  startedAt: null,
  finishedAt: null,
  toolCallCount: null,
  tokens: null,
  error: null,
};

/** The sub-agents of one session, by their ids. */
export class Subagents {
  readonly #toolCalls: ToolCalls;
  readonly #subagentsById = new Map<string, Subagent>();

  /** @param calls those of their parents, which they name as their reason */
  constructor(calls: ToolCalls) {
    this.#toolCalls = calls;
  }

  get all(): Subagent[] {
    return [...this.#subagentsById.values()];
  }

  /** Public ids of the tool calls that wait for them. */
  get awaitedToolCallIds(): ReadonlySet<string> {
    const running = this.all.filter(({ state }) => state === 'RUNNING');
    return new Set(running.map(({ toolCallId }) => toolCallId));
  }

  find(id: string | null): Subagent | undefined {
    return id === null ? undefined : this.#subagentsById.get(id);
  }

  /** Undefined: it says nothing new. */
  applyChange(
    { subagentId: id, asked, change }: ChangeByType<'subagent'>,
    turnMessageId: string | null,
  ): Subagent | undefined {
    const known = this.#subagentsById.get(id);
    // At its end the runtime cancels also those that have long done their work.
    if (known && known.state !== 'RUNNING' && change.state === 'CANCELLED') return undefined;
    const toolCallId = this.#toolCalls.getPublicId(asked.agentId, asked.toolCallId);
    return this.#set({
      ...(known ?? { ...initialSubagent, id, toolCallId, turnMessageId }),
      ...change,
    });
  }

  updateModel(id: string, model: string): Subagent | undefined {
    const known = this.#subagentsById.get(id);
    return known && known.model !== model ? this.#set({ ...known, model }) : undefined;
  }

  /** Their runtime has ended, or is at work on nothing. @returns those that were at work */
  cancelRunning(at: Date): Subagent[] {
    return this.all
      .filter(({ state }) => state === 'RUNNING')
      .map((agent) => this.#set({ ...agent, state: 'CANCELLED', finishedAt: at }));
  }

  #set(subagent: Subagent): Subagent {
    this.#subagentsById.set(subagent.id, subagent);
    return subagent;
  }
}
