import type { StepBody } from '../../events/event.ts';
import type { Subagent } from '../../events/subagent.ts';
import type { Journal } from '../runtime/journal.ts';
import { HistoryReducer } from './reduce-history.ts';

/** Returns the sub-agents of a journal in the order in which they were started, each in its latest state in the journal. */
export async function readSubagents(journal: Journal): Promise<Subagent[]> {
  const reducer = new HistoryReducer();
  for await (const event of journal.readEvents()) reducer.add(event);
  return reducer.subagents;
}

/**
 * Replaces written sub-agents by those of the log, which are as new or newer.
 *
 * @param isRunning false: sub-agents that run according to the journal were left by a runtime that was killed
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
