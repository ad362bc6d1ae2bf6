import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { SessionLog } from '../../events/session-log.ts';
import type { RecordedEvent, SessionDirectory } from '../../store/session-directory.ts';
import { type EventLogPart, readEventLog } from '../history/event-log-reader.ts';
import { readNewestHistory } from '../history/recent-history.ts';
import type { EarlierRequests } from '../requests/request-recovery.ts';
import type { Journal } from '../runtime/journal.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Inbox } from './inbox.ts';
import type { MissedCalls } from './usage-backfill.ts';

interface ReconcileOptions {
  readonly attachment: CopilotSession;
  readonly runtime: Runtime;
  readonly journal: Journal;
  readonly inbox: Inbox;
  readonly log: SessionLog;
  readonly directory: SessionDirectory;
  readonly earlier: EarlierRequests;
  readonly calls: MissedCalls;
  /** Where the reading ended after which no text was open; null: none did. */
  readonly since: string | null;
  /** How long the runtime may take to tell. */
  readonly journalLagMs: number;
  /** Throws when the attachment is no longer the session's: what was read of it counts no more. */
  readonly throwIfOver: () => void;
  /** Called first when the runtime has gone on meanwhile. */
  readonly onWorkMissed: () => void;
}

export interface Reconciled {
  /** What was read. */
  readonly read: readonly RuntimeEvent[];
  /** How many of these came by no push. */
  readonly missed: number;
  /** The history is not the one that the log has taken in. */
  readonly rewound: boolean;
  /** Where the reading ended; null: the runtime did not say. */
  readonly end: string | null;
}

/** Brings the log in step with an attached session. What is pushed meanwhile must be held. */
export async function reconcile(options: ReconcileOptions): Promise<Reconciled> {
  const { inbox, onWorkMissed, throwIfOver } = options;
  const isNew = inbox.recorded.length === 0;
  const found = await readMissed(options);
  throwIfOver();
  if (found) {
    const { events: missed, end } = found;
    inbox.loseAfter(found.kept);
    const count = countUnpushed(missed, options);
    if (missed.some((event) => isWork(event) && inbox.isNew(event))) onWorkMissed();
    for (const event of missed) inbox.take(event);
    return { read: missed, missed: count, rewound: false, end };
  }
  return begin(options, isNew);
}

/** The log begins at the end of the history, or with the turn that waits for people. */
async function begin(options: ReconcileOptions, isNew: boolean): Promise<Reconciled> {
  const { attachment, calls, earlier, inbox, log, throwIfOver } = options;
  const newest = await readNewestHistory(options);
  const { past, present, unwritten } = newest;
  throwIfOver();
  const rewound = !isNew || hasAnswer(await dropUnwritten(options, past));
  if (rewound) log.rewind();
  const waiting = isNew ? await earlier.read(attachment, unwritten) : undefined;
  throwIfOver();
  inbox.callsCounted(await calls.count(newest));
  const taken = [...(waiting?.since ?? []), ...present];
  const ids = new Set(taken.map(({ id }) => id));
  inbox.skip([...(waiting?.before ?? []), ...past.filter(({ id }) => !ids.has(id))]);
  for (const event of taken) inbox.take(event);
  return { read: past, missed: 0, rewound, end: null };
}

/** What an earlier gateway was told of, and the runtime has not written down before it was killed with it. */
async function dropUnwritten(
  { directory, log }: ReconcileOptions,
  tail: readonly RuntimeEvent[],
): Promise<readonly RecordedEvent[]> {
  const told = await directory.recorded(log.sessionId);
  const written = new Set(tail.map(({ id }) => id));
  const last = told.findLastIndex(({ id }) => written.has(id));
  if (last < 0) return [];
  const lost = told.slice(last + 1);
  log.lose(
    lost.map(({ id }) => id),
    told[last]?.id ?? null,
  );
  return lost;
}

/** Of these events a client has text that must not stay on its screen when they are lost. */
export function hasAnswer(events: readonly RecordedEvent[]): boolean {
  return events.some(({ type }) => type === 'assistant.message');
}

/**
 * After the newest event that both sides have. A runtime that is killed loses the events that it had not written
 * down yet; that is no other history, unless a finished message is among them. Undefined: it is another one.
 */
async function readMissed(
  options: ReconcileOptions,
): Promise<(EventLogPart & { readonly kept: number }) | undefined> {
  const { inbox } = options;
  for (let kept = inbox.recorded.length; kept > 0; kept--) {
    const newest = inbox.recorded[kept - 1];
    const missed = newest && (await readEventLog(newest.id, options));
    if (missed) return { ...missed, kept };
    if (newest?.type === 'assistant.message') return undefined;
  }
  return undefined;
}

/** An event may be read before its push comes; one that a later event has overtaken, or that is old, was not pushed. */
function countUnpushed(
  read: readonly RuntimeEvent[],
  { inbox, journalLagMs }: ReconcileOptions,
): number {
  const newestKnown = read.findLastIndex((event) => !inbox.hasMissed(event));
  const old = Date.now() - journalLagMs;
  return read.filter(
    (event, index) =>
      inbox.hasMissed(event) && (index < newestKnown || Date.parse(event.timestamp) < old),
  ).length;
}

function isWork({ type }: RuntimeEvent): boolean {
  return type.startsWith('assistant.') || type.startsWith('tool.');
}
