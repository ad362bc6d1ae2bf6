import type { StepBody } from '../../events/event.ts';
import type { StepOrigin } from '../../events/event-factory.ts';
import type { Turn } from '../../events/turn.ts';
import type { ContextWindow, TurnUsage } from '../../events/usage.ts';
import type { Change, ChangeByType, TranslatedEvent } from '../translate/change.ts';
import { ModelRetries } from './model-retries.ts';
import type { Subagents } from './subagents.ts';
import type { Turns } from './turns.ts';

type StepFactories = {
  readonly [T in Change['type']]?: (
    change: ChangeByType<T>,
    event: TranslatedEvent,
  ) => StepBody | undefined;
};

/** Learns of what the journal does not keep. */
export interface AgentActivityObserver {
  handleIntent(intent: string, origin: StepOrigin): void;
  /** @param turn with the call, where there is one */
  handleModelCall(call: TurnUsage, turn: Turn | undefined, origin: StepOrigin): void;
  handleContextUsage(context: ContextWindow, turn: Turn | undefined, origin: StepOrigin): void;
}

interface AgentActivityOptions {
  readonly turns: Turns;
  readonly subagents: Subagents;
  readonly resolveOrigin: (event: TranslatedEvent) => StepOrigin;
  readonly appendStep: (event: TranslatedEvent, step: StepBody) => void;
  readonly observer: AgentActivityObserver | undefined;
}

/** What the runtime reports beside messages and tool calls. */
export class AgentActivity {
  readonly #options: AgentActivityOptions;
  readonly #retries = new ModelRetries();
  readonly #reportedWarnings = new Set<string>();

  readonly #stepFactories: StepFactories = {
    warning: (change) => this.#handleWarning(change),
    notice: ({ notice }) => ({ type: 'session.info', ...notice }),
    compacted: ({ type: _type, ...compacted }) => ({ type: 'context.compacted', ...compacted }),
    model: (change, event) => this.#handleModelChange(change, event),
    subagent: (change, event) => this.#handleSubagentChange(change, event),
    intent: ({ intent }, event) => {
      this.#options.observer?.handleIntent(intent, this.#options.resolveOrigin(event));
      return { type: 'intent.changed', intent };
    },
    'model-called': ({ usage }, event) => {
      const { turns, observer, resolveOrigin } = this.#options;
      const origin = resolveOrigin(event);
      observer?.handleModelCall(usage, turns.addUsage(origin.turnMessageId, usage), origin);
      return undefined;
    },
    'context-filled': ({ context }, event) => {
      const { turns, observer, resolveOrigin } = this.#options;
      const origin = resolveOrigin(event);
      const turn = turns.find(origin.turnMessageId ?? '');
      // A sub-agent's window is its own.
      if (event.agentId === null) observer?.handleContextUsage(context, turn, origin);
      return undefined;
    },
    'model-call-started': (_change, { agentId }) => {
      this.#retries.handleCallStarted(agentId);
      return undefined;
    },
    'model-call-failed': ({ failure }, { agentId }) => {
      this.#retries.handleCallFailed(agentId, failure);
      return undefined;
    },
    'model-call-tried': (_change, { agentId }) => this.#retries.handleCallAttempt(agentId),
  };

  constructor(options: AgentActivityOptions) {
    this.#options = options;
  }

  apply(change: Change, event: TranslatedEvent): void {
    const stepOf = this.#stepFactories[change.type] as
      ((change: Change, event: TranslatedEvent) => StepBody | undefined) | undefined;
    const step = stepOf?.(change, event);
    if (step) this.#options.appendStep(event, step);
  }

  /** The runtime has ended, or is at work on nothing. */
  interrupt(event: TranslatedEvent): void {
    for (const subagent of this.#options.subagents.cancelRunning(event.occurredAt)) {
      const step: StepBody = { type: 'subagent.changed', subagent };
      this.#options.appendStep({ ...event, agentId: subagent.id }, step);
    }
  }

  #handleWarning({
    warningType,
    message,
    url,
    once,
  }: ChangeByType<'warning'>): StepBody | undefined {
    if (once && this.#reportedWarnings.has(message)) return undefined;
    if (once) this.#reportedWarnings.add(message);
    return { type: 'session.warning', warningType, message, url };
  }

  #handleSubagentChange(
    change: ChangeByType<'subagent'>,
    event: TranslatedEvent,
  ): StepBody | undefined {
    const { turnMessageId } = this.#options.resolveOrigin(event);
    const subagent = this.#options.subagents.applyChange(change, turnMessageId);
    return subagent && { type: 'subagent.changed', subagent };
  }

  /** That of a sub-agent is not the session's. */
  #handleModelChange(
    { type: _type, ...changed }: ChangeByType<'model'>,
    { agentId }: TranslatedEvent,
  ): StepBody | undefined {
    if (agentId === null) return { type: 'model.changed', ...changed };
    const subagent = this.#options.subagents.updateModel(agentId, changed.model);
    return subagent && { type: 'subagent.changed', subagent };
  }
}
