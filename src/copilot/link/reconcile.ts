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
  /** Where the reading ended after which no text was open; null: none did. */
  readonly sinceSequence: string | null;
  /** How long the runtime may take to tell. */
  readonly journalLagMs: number;
  /** Throws when the attachment is no longer the session's: what was read of it counts no more. */
  readonly throwIfDetached: () => void;
}

export interface ReconcileResult {
  /** What was read. */
  readonly events: readonly RuntimeEvent[];
  /** How many of these came by no push. */
  readonly missedCount: number;
  /** The history is not the one that the log has taken in. */
  readonly wasRewound: boolean;
  /** Where the reading ended; null: the runtime did not say. */
  readonly endSequence: string | null;
}

/** Brings the log in step with an attached session. What is pushed meanwhile must be held. */
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

/** The log begins at the end of the history, or with the turn that waits for people. */
async function beginAtHistoryEnd(
  options: ReconcileOptions,
  isNew: boolean,
): Promise<ReconcileResult> {
  const { sdkSession, usageBackfill, requestRecovery, inbox, log, throwIfDetached } = options;
  const newest = await readRecentHistory(options);
  const { pastEvents, liveEvents, unwrittenEvents } = newest;
  throwIfDetached();
  const wasRewound = !isNew || hasFinishedMessage(await dropUnwrittenEvents(options, pastEvents));
  if (wasRewound) log.rewind();
  const waiting = isNew
    ? await requestRecovery.readWaitingHistory(sdkSession, unwrittenEvents)
    : undefined;
  throwIfDetached();
  inbox.setCountedEvents(await usageBackfill.backfill(newest));
  const taken = [...(waiting?.since ?? []), ...liveEvents];
  const ids = new Set(taken.map(({ id }) => id));
  inbox.markAsSeen([...(waiting?.before ?? []), ...pastEvents.filter(({ id }) => !ids.has(id))]);
  for (const event of taken) inbox.process(event);
  return { events: pastEvents, missedCount: 0, wasRewound, endSequence: null };
}

/** What an earlier gateway was told of, and the runtime has not written down before it was killed with it. */
async function dropUnwrittenEvents(
  { store, log }: ReconcileOptions,
  tail: readonly RuntimeEvent[],
): Promise<readonly RecordedEvent[]> {
  const told = await store.listRecordedEvents(log.sessionId);
  const written = new Set(tail.map(({ id }) => id));
  const last = told.findLastIndex(({ id }) => written.has(id));
  if (last < 0) return [];
  const lost = told.slice(last + 1);
  log.journalIndex.remapLost(
    lost.map(({ id }) => id),
    told[last]?.id ?? null,
  );
  return lost;
}

/** Of these events a client has text that must not stay on its screen when they are lost. */
export function hasFinishedMessage(events: readonly RecordedEvent[]): boolean {
  return events.some(({ type }) => type === 'assistant.message');
}

/**
 * After the newest event that both sides have. A runtime that is killed loses the events that it had not written
 * down yet; that is no other history, unless a finished message is among them. Undefined: it is another one.
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

/** An event may be read before its push comes; one that a later event has overtaken, or that is old, was not pushed. */
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
