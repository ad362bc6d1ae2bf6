import type { Subagent } from '../../events/subagent.ts';
import type { ChangeOf } from '../translate/change.ts';
import type { ToolCalls } from './tool-calls.ts';

const unknown: Omit<Subagent, 'id' | 'toolCallId'> = {
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
  readonly #calls: ToolCalls;
  readonly #known = new Map<string, Subagent>();

  /** @param calls those of their parents, which they name as their reason */
  constructor(calls: ToolCalls) {
    this.#calls = calls;
  }

  get all(): Subagent[] {
    return [...this.#known.values()];
  }

  /** Public ids of the tool calls that wait for them. */
  get awaitedBy(): ReadonlySet<string> {
    const running = this.all.filter(({ state }) => state === 'RUNNING');
    return new Set(running.map(({ toolCallId }) => toolCallId));
  }

  find(id: string | null): Subagent | undefined {
    return id === null ? undefined : this.#known.get(id);
  }

  /** Undefined: it says nothing new. */
  change(
    { subagentId: id, asked, change }: ChangeOf<'subagent'>,
    turnMessageId: string | null,
  ): Subagent | undefined {
    const known = this.#known.get(id);
    // At its end the runtime cancels also those that have long done their work.
    if (known && known.state !== 'RUNNING' && change.state === 'CANCELLED') return undefined;
    const toolCallId = this.#calls.publicId(asked.agentId, asked.toolCallId);
    return this.#set({ ...(known ?? { ...unknown, id, toolCallId, turnMessageId }), ...change });
  }

  modelChanged(id: string, model: string): Subagent | undefined {
    const known = this.#known.get(id);
    return known && known.model !== model ? this.#set({ ...known, model }) : undefined;
  }

  /** Their runtime has ended, or is at work on nothing. @returns those that were at work */
  cancel(at: Date): Subagent[] {
    return this.all
      .filter(({ state }) => state === 'RUNNING')
      .map((agent) => this.#set({ ...agent, state: 'CANCELLED', finishedAt: at }));
  }

  #set(subagent: Subagent): Subagent {
    this.#known.set(subagent.id, subagent);
    return subagent;
  }
}
