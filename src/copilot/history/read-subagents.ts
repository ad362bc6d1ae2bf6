import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { StepBody } from '../../events/event.ts';
import type { Subagent } from '../../events/subagent.ts';
import { Subagents } from '../projections/subagents.ts';
import { ToolCalls } from '../projections/tool-calls.ts';
import type { Journal } from '../runtime/journal.ts';
import { translateEvent } from '../translate/translate-event.ts';

/** In the order in which they were started, each as it was last written down. */
export async function readSubagents(journal: Journal): Promise<Subagent[]> {
  const history = new SubagentReducer();
  for await (const event of journal.readEvents()) history.add(event);
  return history.subagents;
}

/**
 * @param steps what the log holds: newer than what is written, or the same
 * @param isRunning the session is at work; else a killed runtime has left open what was open
 */
export function mergeSubagents(
  written: readonly Subagent[],
  steps: Iterable<StepBody>,
  isRunning: boolean,
): Subagent[] {
  const present = new Map(written.map((subagent) => [subagent.id, subagent]));
  for (const step of steps) {
    if (step.type === 'subagent.changed') present.set(step.subagent.id, step.subagent);
  }
  return [...present.values()].map((subagent) =>
    subagent.state === 'RUNNING' && !isRunning ? { ...subagent, state: 'CANCELLED' } : subagent,
  );
}

class SubagentReducer {
  readonly #calls = new ToolCalls();
  readonly #subagents = new Subagents(this.#calls);
  #currentTurnId: string | null = null;

  get subagents(): Subagent[] {
    return this.#subagents.all;
  }

  add(event: RuntimeEvent): void {
    for (const change of translateEvent(event)?.changes ?? []) {
      if (change.type === 'user-message-added' && change.startsTurn)
        this.#currentTurnId = change.message.id;
      else if (change.type === 'message-completed') {
        change.message.toolCalls.forEach(this.#calls.add);
      } else if (change.type === 'subagent-changed')
        this.#subagents.applyChange(change, this.#currentTurnId);
    }
  }
}
