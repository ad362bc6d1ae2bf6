import type { Subagent } from '../../events/subagent.ts';
import type { Change } from '../translate/change.ts';
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

/** The sub-agents of one session, by id. */
export class Subagents {
  readonly #toolCalls: ToolCalls;
  readonly #subagentsById = new Map<string, Subagent>();

  /** @param toolCalls the calls of the session, among them those that start sub-agents */
  constructor(toolCalls: ToolCalls) {
    this.#toolCalls = toolCalls;
  }

  get all(): Subagent[] {
    return [...this.#subagentsById.values()];
  }

  /** Public ids of the tool calls that wait for a running sub-agent. */
  get awaitedToolCallIds(): ReadonlySet<string> {
    const running = this.all.filter(({ state }) => state === 'RUNNING');
    return new Set(running.map(({ toolCallId }) => toolCallId));
  }

  find(id: string | null): Subagent | undefined {
    return id === null ? undefined : this.#subagentsById.get(id);
  }

  /** Returns the changed sub-agent; undefined when the change is ignored. */
  applyChange(
    { subagentId: id, requestedBy, change }: Change<'subagent-changed'>,
    turnMessageId: string | null,
  ): Subagent | undefined {
    const known = this.#subagentsById.get(id);
    // When the runtime stops, it also reports sub-agents as cancelled that completed long ago.
    if (known && known.state !== 'RUNNING' && change.state === 'CANCELLED') return undefined;
    const toolCallId = this.#toolCalls.getPublicId(requestedBy.agentId, requestedBy.toolCallId);
    return this.#set({
      ...(known ?? { ...initialSubagent, id, toolCallId, turnMessageId }),
      ...change,
    });
  }

  /** Returns the changed sub-agent; undefined when it is not known, or has that model already. */
  updateModel(id: string, model: string): Subagent | undefined {
    const known = this.#subagentsById.get(id);
    return known && known.model !== model ? this.#set({ ...known, model }) : undefined;
  }

  /** Cancels the running sub-agents and returns them. */
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
