import type { StepBody } from '../../events/event.ts';
import type { StepOrigin } from '../../events/event-factory.ts';
import type { Turn } from '../../events/turn.ts';
import type { ContextWindow, TurnUsage } from '../../events/usage.ts';
import type { ChangeHandler, EventOrigin } from '../translate/change.ts';
import { ModelRetries } from './model-retries.ts';
import type { Subagents } from './subagents.ts';
import type { Turns } from './turns.ts';

/** Receives what the runtime's journal does not keep. */
export interface AgentActivityObserver {
  handleIntent(intent: string, origin: StepOrigin): void;
  /** @param turn with the usage of the call added; undefined when the call belongs to no known turn */
  handleModelCall(call: TurnUsage, turn: Turn | undefined, origin: StepOrigin): void;
  handleContextUsage(context: ContextWindow, turn: Turn | undefined, origin: StepOrigin): void;
}

interface AgentActivityOptions {
  readonly turns: Turns;
  readonly subagents: Subagents;
  readonly resolveOrigin: (event: EventOrigin) => StepOrigin;
  readonly appendStep: (event: EventOrigin, step: StepBody) => void;
  readonly observer: AgentActivityObserver | undefined;
}

/** Projects everything beside messages and tool calls: notices, usage, retries, models, intents, sub-agents. */
export class AgentActivity {
  readonly #options: AgentActivityOptions;
  readonly #retries = new ModelRetries();
  readonly #reportedWarnings = new Set<string>();

  constructor(options: AgentActivityOptions) {
    this.#options = options;
  }

  readonly handleWarning: ChangeHandler<'warning-reported'> = (change, event) => {
    const { warningType, message, url, reportOnce } = change;
    if (reportOnce && this.#reportedWarnings.has(message)) return;
    if (reportOnce) this.#reportedWarnings.add(message);
    this.#options.appendStep(event, { type: 'session.warning', warningType, message, url });
  };

  readonly handleNotice: ChangeHandler<'notice-reported'> = ({ notice }, event) => {
    this.#options.appendStep(event, { type: 'session.info', ...notice });
  };

  readonly handleContextCompacted: ChangeHandler<'context-compacted'> = (change, event) => {
    const { type: _type, ...compaction } = change;
    this.#options.appendStep(event, { type: 'context.compacted', ...compaction });
  };

  readonly handleIntent: ChangeHandler<'intent-changed'> = ({ intent }, event) => {
    const { observer, resolveOrigin, appendStep } = this.#options;
    observer?.handleIntent(intent, resolveOrigin(event));
    appendStep(event, { type: 'intent.changed', intent });
  };

  readonly handleUsage: ChangeHandler<'usage-reported'> = ({ usage }, event) => {
    const { turns, observer, resolveOrigin } = this.#options;
    const origin = resolveOrigin(event);
    observer?.handleModelCall(usage, turns.addUsage(origin.turnMessageId, usage), origin);
  };

  readonly handleContextUsage: ChangeHandler<'context-usage-reported'> = ({ context }, event) => {
    // The context window of a sub-agent is not that of the session.
    if (event.agentId !== null) return;
    const { turns, observer, resolveOrigin } = this.#options;
    const origin = resolveOrigin(event);
    observer?.handleContextUsage(context, turns.find(origin.turnMessageId), origin);
  };

  readonly handleModelCallStarted: ChangeHandler<'model-call-started'> = (_change, event) => {
    this.#retries.handleCallStarted(event.agentId);
  };

  readonly handleModelCallFailed: ChangeHandler<'model-call-failed'> = ({ failure }, event) => {
    this.#retries.handleCallFailed(event.agentId, failure);
  };

  readonly handleModelCallAttempted: ChangeHandler<'model-call-attempted'> = (_change, event) => {
    const retry = this.#retries.handleCallAttempted(event.agentId);
    if (retry) this.#options.appendStep(event, retry);
  };

  readonly handleModelChanged: ChangeHandler<'model-changed'> = (change, event) => {
    const { subagents, appendStep } = this.#options;
    const { type: _type, ...modelSwitch } = change;
    if (event.agentId === null) {
      appendStep(event, { type: 'model.changed', ...modelSwitch });
      return;
    }
    const subagent = subagents.updateModel(event.agentId, modelSwitch.model);
    if (subagent) appendStep(event, { type: 'subagent.changed', subagent });
  };

  readonly handleSubagentChanged: ChangeHandler<'subagent-changed'> = (change, event) => {
    const { subagents, resolveOrigin, appendStep } = this.#options;
    const subagent = subagents.applyChange(change, resolveOrigin(event).turnMessageId);
    if (subagent) appendStep(event, { type: 'subagent.changed', subagent });
  };

  /** Cancels the running sub-agents: the runtime has stopped, or is idle. */
  interrupt(at: Date): void {
    const { subagents, appendStep } = this.#options;
    for (const subagent of subagents.cancelRunning(at)) {
      appendStep({ occurredAt: at, agentId: subagent.id }, { type: 'subagent.changed', subagent });
    }
  }
}
