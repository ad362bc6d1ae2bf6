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

/** The newest events of a session. All lists are oldest first. */
export interface RecentHistory {
  /** Events up to the newest durable one, with the ephemeral events that the runtime still has. */
  readonly pastEvents: readonly RuntimeEvent[];
  /** Ephemeral events since then. */
  readonly liveEvents: readonly RuntimeEvent[];
  /** Those of `pastEvents` that are durable and were not in the journal yet. */
  readonly unwrittenEvents: readonly RuntimeEvent[];
}

/** Reads the tail of the journal and the event log: a runtime that is working has reported more than it has written. */
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

/** A `session.resume` event does not end the past: the runtime writes it only together with the events that follow, so it may stand in the middle of a text. */
function isHistoryEvent(event: RuntimeEvent): boolean {
  return isDurableEvent(event) && event.type !== 'session.resume';
}
