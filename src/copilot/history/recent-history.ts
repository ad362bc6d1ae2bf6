import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Journal } from '../runtime/journal.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { isPersisted } from '../translate/event-types.ts';
import { readEventLog } from './event-log-reader.ts';

const TAIL = 100;

interface NewestHistoryOptions {
  readonly journal: Journal;
  readonly runtime: Runtime;
  readonly attachment: CopilotSession;
}

/** Oldest first. */
export interface NewestHistory {
  /** Up to the newest event of the history, with what is not persisted, as far as the runtime still has it. */
  readonly past: readonly RuntimeEvent[];
  /** What it has told since then. */
  readonly present: readonly RuntimeEvent[];
  /** Of the past: may not be in the journal yet. */
  readonly unwritten: readonly RuntimeEvent[];
}

/** A runtime that others keep at work has told of more than it has written down. */
export async function readNewestHistory(options: NewestHistoryOptions): Promise<NewestHistory> {
  const written = await options.journal.tail(TAIL);
  const [first] = written;
  const told = (first && (await readEventLog(first.id, options))?.events) ?? [];
  const end = told.findLastIndex(isHistory) + 1;
  const ids = new Set(written.map(({ id }) => id));
  const unwritten = told.filter((event) => isHistory(event) && !ids.has(event.id));
  const known = new Set(told.map(({ id }) => id));
  const past = [...written.filter(({ id }) => !known.has(id)), ...told.slice(0, end)];
  return { past, present: told.slice(end), unwritten };
}

/** At rest, a resume is written down only with what follows it; at work, it may come in the middle of a text. */
function isHistory(event: RuntimeEvent): boolean {
  return isPersisted(event) && event.type !== 'session.resume';
}
