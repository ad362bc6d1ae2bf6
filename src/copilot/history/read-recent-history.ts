import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Journal } from '../runtime/journal.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { isDurableEvent } from '../translate/event-types.ts';
import { readEventLog } from './read-event-log.ts';

const TAIL_SIZE = 100;

interface RecentHistoryOptions {
  readonly journal: Journal;
  readonly runtime: Runtime;
  readonly sdkSession: CopilotSession;
}

/** Oldest first. */
export interface RecentHistory {
  /** Up to the newest event of the history, with what is not persisted, as far as the runtime still has it. */
  readonly pastEvents: readonly RuntimeEvent[];
  /** What it has told since then. */
  readonly liveEvents: readonly RuntimeEvent[];
  /** Of the past: may not be in the journal yet. */
  readonly unwrittenEvents: readonly RuntimeEvent[];
}

/** A runtime that others keep at work has told of more than it has written down. */
export async function readRecentHistory(options: RecentHistoryOptions): Promise<RecentHistory> {
  const written = await options.journal.readTail(TAIL_SIZE);
  const [first] = written;
  const emitted = (first && (await readEventLog(first.id, options))?.events) ?? [];
  const end = emitted.findLastIndex(isHistoryEvent) + 1;
  const ids = new Set(written.map(({ id }) => id));
  const unwrittenEvents = emitted.filter((event) => isHistoryEvent(event) && !ids.has(event.id));
  const known = new Set(emitted.map(({ id }) => id));
  const pastEvents = [...written.filter(({ id }) => !known.has(id)), ...emitted.slice(0, end)];
  return { pastEvents, liveEvents: emitted.slice(end), unwrittenEvents };
}

/** At rest, a resume is written down only with what follows it; at work, it may come in the middle of a text. */
function isHistoryEvent(event: RuntimeEvent): boolean {
  return isDurableEvent(event) && event.type !== 'session.resume';
}
