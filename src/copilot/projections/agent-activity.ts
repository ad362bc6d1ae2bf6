import type { StepBody } from '../../events/event.ts';
import type { StepOrigin } from '../../events/log-events.ts';
import type { Turn } from '../../events/turn.ts';
import type { ContextWindow, TurnUsage } from '../../events/usage.ts';
import type { Change, ChangeOf, TranslatedEvent } from '../translate/change.ts';
import { ModelRetries } from './model-retries.ts';
import type { Subagents } from './subagents.ts';
import type { Turns } from './turns.ts';

type StepOf = {
  readonly [T in Change['type']]?: (
    change: ChangeOf<T>,
    event: TranslatedEvent,
  ) => StepBody | undefined;
};

/** Learns of what the journal does not keep. */
export interface ReportObserver {
  intended(intent: string, origin: StepOrigin): void;
  /** @param turn with the call, where there is one */
  called(call: TurnUsage, turn: Turn | undefined, origin: StepOrigin): void;
  contextFilled(context: ContextWindow, turn: Turn | undefined, origin: StepOrigin): void;
}

interface ReportsOptions {
  readonly turns: Turns;
  readonly subagents: Subagents;
  readonly originOf: (event: TranslatedEvent) => StepOrigin;
  readonly append: (event: TranslatedEvent, step: StepBody) => void;
  readonly observer: ReportObserver | undefined;
}

/** What the runtime reports beside messages and tool calls. */
export class Reports {
  readonly #options: ReportsOptions;
  readonly #retries = new ModelRetries();
  readonly #told = new Set<string>();

  readonly #stepOf: StepOf = {
    warning: (change) => this.#warned(change),
    notice: ({ notice }) => ({ type: 'session.info', ...notice }),
    compacted: ({ type: _type, ...compacted }) => ({ type: 'context.compacted', ...compacted }),
    model: (change, event) => this.#modelChanged(change, event),
    subagent: (change, event) => this.#subagentChanged(change, event),
    intent: ({ intent }, event) => {
      this.#options.observer?.intended(intent, this.#options.originOf(event));
      return { type: 'intent.changed', intent };
    },
    'model-called': ({ usage }, event) => {
      const { turns, observer, originOf } = this.#options;
      const origin = originOf(event);
      observer?.called(usage, turns.used(origin.turnMessageId, usage), origin);
      return undefined;
    },
    'context-filled': ({ context }, event) => {
      const { turns, observer, originOf } = this.#options;
      const origin = originOf(event);
      const turn = turns.find(origin.turnMessageId ?? '');
      // A sub-agent's window is its own.
      if (event.agentId === null) observer?.contextFilled(context, turn, origin);
      return undefined;
    },
    'model-call-started': (_change, { agentId }) => {
      this.#retries.began(agentId);
      return undefined;
    },
    'model-call-failed': ({ failure }, { agentId }) => {
      this.#retries.failed(agentId, failure);
      return undefined;
    },
    'model-call-tried': (_change, { agentId }) => this.#retries.tried(agentId),
  };

  constructor(options: ReportsOptions) {
    this.#options = options;
  }

  apply(change: Change, event: TranslatedEvent): void {
    const stepOf = this.#stepOf[change.type] as
      ((change: Change, event: TranslatedEvent) => StepBody | undefined) | undefined;
    const step = stepOf?.(change, event);
    if (step) this.#options.append(event, step);
  }

  /** The runtime has ended, or is at work on nothing. */
  interrupt(event: TranslatedEvent): void {
    for (const subagent of this.#options.subagents.cancel(event.occurredAt)) {
      const step: StepBody = { type: 'subagent.changed', subagent };
      this.#options.append({ ...event, agentId: subagent.id }, step);
    }
  }

  #warned({ warningType, message, url, once }: ChangeOf<'warning'>): StepBody | undefined {
    if (once && this.#told.has(message)) return undefined;
    if (once) this.#told.add(message);
    return { type: 'session.warning', warningType, message, url };
  }

  #subagentChanged(change: ChangeOf<'subagent'>, event: TranslatedEvent): StepBody | undefined {
    const { turnMessageId } = this.#options.originOf(event);
    const subagent = this.#options.subagents.change(change, turnMessageId);
    return subagent && { type: 'subagent.changed', subagent };
  }

  /** That of a sub-agent is not the session's. */
  #modelChanged(
    { type: _type, ...changed }: ChangeOf<'model'>,
    { agentId }: TranslatedEvent,
  ): StepBody | undefined {
    if (agentId === null) return { type: 'model.changed', ...changed };
    const subagent = this.#options.subagents.modelChanged(agentId, changed.model);
    return subagent && { type: 'subagent.changed', subagent };
  }
}
