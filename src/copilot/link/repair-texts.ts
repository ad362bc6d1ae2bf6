import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { SessionLog } from '../../events/session-log.ts';
import { TextReducer } from '../history/text-reducer.ts';

/**
 * Compares the open texts of the log with the deltas that were read, and replaces those that differ: a delta whose push
 * was lost is read after later ones have been applied. Only texts whose start event was read are compared (S17 in
 * docs/streaming.md). Returns how many texts were replaced.
 */
export function repairTexts(events: readonly RuntimeEvent[], log: SessionLog): number {
  const reducer = new TextReducer();
  for (const event of events) reducer.add(event);
  let repaired = 0;
  for (const { kind, id, text, startedAt } of reducer.texts) {
    const held = log.findText(kind, id);
    if (!held?.isOpen || held.isFrozen || held.text === text) continue;
    repaired++;
    log.changeText(held, startedAt, () => {
      held.replaceWith(text);
    });
  }
  return repaired;
}
