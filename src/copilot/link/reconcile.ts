import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { SessionLog } from '../../events/session-log.ts';
import type { RecordedEvent, SessionStore } from '../../store/session-store.ts';
import { type EventLogSection, readEventLog } from '../history/read-event-log.ts';
import { readRecentHistory } from '../history/read-recent-history.ts';
import type { Turns } from '../projections/turns.ts';
import type { RequestRecovery } from '../requests/request-recovery.ts';
import type { Journal } from '../runtime/journal.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { EventInbox } from './event-inbox.ts';
import type { UsageBackfill } from './usage-backfill.ts';

interface ReconcileOptions {
  readonly sdkSession: CopilotSession;
  readonly runtime: Runtime;
  readonly journal: Journal;
  readonly inbox: EventInbox;
  readonly log: SessionLog;
  readonly store: SessionStore;
  readonly turns: Turns;
  readonly requestRecovery: RequestRecovery;
  readonly usageBackfill: UsageBackfill;
  /** End of the latest check after which no text was open. Null: the log is read from its beginning. */
  readonly sinceSequence: string | null;
  /** How long the runtime may take to write an event to the journal. */
  readonly journalLagMs: number;
  /** Throws when the session was detached meanwhile: what was read must not be applied. */
  readonly throwIfDetached: () => void;
}

export interface ReconcileResult {
  /** The events that were read, oldest first. */
  readonly events: readonly RuntimeEvent[];
  /** How many of them the runtime has not pushed. */
  readonly missedCount: number;
  /** Whether the history is another one than that of the log. */
  readonly wasRewound: boolean;
  /** Position at which the read ended, or null if it is unknown. */
  readonly endSequence: string | null;
}

/**
 * Applies what the runtime has emitted and the log does not have (see "Reconciliation" in docs/streaming.md). The inbox
 * must be paused meanwhile (S16).
 *
 *   newest recorded event that the runtime knows --> its successors are applied
 *   none, or a finished message was lost         --> the log begins at the end of the history
 */
export async function reconcile(options: ReconcileOptions): Promise<ReconcileResult> {
  const { inbox, turns, throwIfDetached } = options;
  const isNew = inbox.recordedEvents.length === 0;
  const found = await readMissedEvents(options);
  throwIfDetached();
  if (found) {
    const { events: missed, endSequence } = found;
    inbox.truncateRecorded(found.kept);
    const count = countUnpushedEvents(missed, options);
    // The runtime has continued the turn that was taken for interrupted: its events belong to that turn.
    if (missed.some((event) => isProgressEvent(event) && inbox.isNew(event))) {
      turns.resumeInterruptedTurn();
    }
    for (const event of missed) inbox.process(event);
    return { events: missed, missedCount: count, wasRewound: false, endSequence };
  }
  return beginAtHistoryEnd(options, isNew);
}

/** Makes the log begin at the end of the history, or with the turn that waits for a response to a request. */
async function beginAtHistoryEnd(
  options: ReconcileOptions,
  isNew: boolean,
): Promise<ReconcileResult> {
  const { sdkSession, usageBackfill, requestRecovery, inbox, log, throwIfDetached } = options;
  const history = await readRecentHistory(options);
  const { pastEvents, liveEvents, unwrittenEvents } = history;
  throwIfDetached();
  const wasRewound = !isNew || hasFinishedMessage(await dropUnwrittenEvents(options, pastEvents));
  if (wasRewound) log.rewind();
  const waiting = isNew
    ? await requestRecovery.readWaitingHistory(sdkSession, unwrittenEvents)
    : undefined;
  throwIfDetached();
  inbox.setCountedEvents(await usageBackfill.backfill(history));
  const applied = [...(waiting?.since ?? []), ...liveEvents];
  const ids = new Set(applied.map(({ id }) => id));
  inbox.markAsSeen([...(waiting?.before ?? []), ...pastEvents.filter(({ id }) => !ids.has(id))]);
  for (const event of applied) inbox.process(event);
  return { events: pastEvents, missedCount: 0, wasRewound, endSequence: null };
}

/**
 * Returns the events that an earlier gateway has received and the runtime has not written before it was killed, and
 * moves positions that name them to the newest event that was written (S18).
 */
async function dropUnwrittenEvents(
  { store, log }: ReconcileOptions,
  tail: readonly RuntimeEvent[],
): Promise<readonly RecordedEvent[]> {
  const recorded = await store.listRecordedEvents(log.sessionId);
  const written = new Set(tail.map(({ id }) => id));
  const last = recorded.findLastIndex(({ id }) => written.has(id));
  if (last < 0) return [];
  const lost = recorded.slice(last + 1);
  log.journalIndex.remapLost(
    lost.map(({ id }) => id),
    recorded[last]?.id ?? null,
  );
  return lost;
}

/** Returns whether a finished message is among the events: a client may show it, and must drop it if it is lost. */
export function hasFinishedMessage(events: readonly RecordedEvent[]): boolean {
  return events.some(({ type }) => type === 'assistant.message');
}

/**
 * Reads what follows the newest event that both sides have. A killed runtime loses events that it had not written yet;
 * that is still the same history, unless a finished message is among them. Returns undefined for another history.
 */
async function readMissedEvents(
  options: ReconcileOptions,
): Promise<(EventLogSection & { readonly kept: number }) | undefined> {
  const { inbox } = options;
  for (let kept = inbox.recordedEvents.length; kept > 0; kept--) {
    const newest = inbox.recordedEvents[kept - 1];
    const missed = newest && (await readEventLog(newest.id, options));
    if (missed) return { ...missed, kept };
    if (newest?.type === 'assistant.message') return undefined;
  }
  return undefined;
}

/** Counts the events whose push was lost: a later event has arrived, or the push is overdue. Others may still arrive. */
function countUnpushedEvents(
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

function isProgressEvent({ type }: RuntimeEvent): boolean {
  return type.startsWith('assistant.') || type.startsWith('tool.');
}
