import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import { createCursorExpiredError } from '../../errors/common-errors.ts';
import { CursorCodec, NO_EPOCH, type StreamPosition } from '../../events/cursor.ts';
import type { SessionEvent } from '../../events/event.ts';
import type { LogOffset } from '../../events/journal-index.ts';
import type { CatchUpResult } from '../../events/log-follower.ts';
import { SessionLog } from '../../events/session-log.ts';
import type { Turn } from '../../events/turn.ts';
import type { SessionStore } from '../../store/session-store.ts';
import { listSteeringMessageIds } from '../history/steering-messages.ts';
import { createChangeRoutes, routeChanges } from '../link/change-routes.ts';
import { Timeline } from '../projections/timeline.ts';
import { Turns } from '../projections/turns.ts';
import { PendingRequests } from '../requests/pending-requests.ts';
import { replayRequests } from '../requests/replay-requests.ts';
import { type Journal, readWithinLag } from '../runtime/journal.ts';
import { isDurableEvent } from '../translate/event-types.ts';
import { translateEvent } from '../translate/translate-event.ts';

interface ReplayOptions {
  readonly log: SessionLog;
  readonly journal: Journal;
  readonly store: SessionStore;
  readonly turns: Turns;
  readonly requests: PendingRequests;
  /** How long the runtime may take to write its journal. */
  readonly journalLagMs: number;
}

interface MissedEvents {
  /** Where the reader continues in the log. */
  readonly logOffset: LogOffset;
  /** Events up to the position, as far as the missed events refer to them. */
  readonly context: readonly RuntimeEvent[];
  readonly events: readonly RuntimeEvent[];
}

/**
 * Rebuilds from the journal what a reader misses between its position and the log (see "Replay from the journal" in
 * docs/streaming.md):
 *
 *   journal:  ... user message ... [position] e1 e2 e3 [event that the log has] ...
 *                 `-- context ------------'  `- events ------------------------'
 *   result:   DISCARDED of unfinished texts, rebuilt e1 e2 e3, current state of what the journal does not contain
 *
 * Steps can be sent again, and texts are sent whole. Returns undefined while the journal does not reach up to the log.
 *
 * @throws {GatewayError} CURSOR_EXPIRED when the journal does not contain the position
 */
export async function replay(
  since: StreamPosition,
  options: ReplayOptions,
): Promise<CatchUpResult | undefined> {
  const missed = await readMissedEvents(since, options);
  if (!missed) return undefined;
  // Retractions come first (S21): `DISCARDED` after the final of the same text would delete a finished message.
  const events = [
    ...(await createRetractions(since, options)),
    ...(await rebuildEvents(missed, since, options)),
  ];
  return { events, logOffset: missed.logOffset };
}

/** Returns undefined when the journal does not reach up to the log, also after the time that writing may take. */
async function readMissedEvents(
  { journalEventId }: StreamPosition,
  { journal, log, journalLagMs }: ReplayOptions,
): Promise<MissedEvents | undefined> {
  let events: readonly RuntimeEvent[] = [];
  const isKnown = (): boolean =>
    journalEventId === null || events.some(({ id }) => id === journalEventId);
  const missed = await readWithinLag(async () => {
    events = await collectEvents(journalEventId, journal);
    return isKnown() ? sliceMissedEvents(events, journalEventId, log) : undefined;
  }, journalLagMs);
  if (!isKnown()) throw createCursorExpiredError();
  return missed;
}

/** Reads backward until the position, and the user message before it, are included. Returns events oldest first. */
async function collectEvents(
  journalEventId: string | null,
  journal: Journal,
): Promise<RuntimeEvent[]> {
  let events: RuntimeEvent[] = [];
  for await (const page of journal.readPagesBackward()) {
    events = [...page, ...events];
    const index = events.findIndex(({ id }) => id === journalEventId);
    const before = events.slice(0, index + 1);
    if (index >= 0 && before.some(({ type }) => type === 'user.message')) return events;
  }
  return events;
}

function sliceMissedEvents(
  events: readonly RuntimeEvent[],
  journalEventId: string | null,
  log: SessionLog,
): MissedEvents | undefined {
  const index = events.findIndex(({ id }) => id === journalEventId);
  const start = journalEventId === null ? log.journalIndex.findOffsetAfter(null) : undefined;
  if (start) return { logOffset: start, context: [], events: [] };
  for (let next = Math.max(index, 0); next < events.length; next++) {
    const logOffset = log.journalIndex.findOffsetAfter(events[next]?.id ?? '');
    if (logOffset) {
      return {
        logOffset,
        context: events.slice(0, index + 1),
        events: events.slice(index + 1, next + 1),
      };
    }
  }
  return undefined;
}

async function createRetractions(
  since: StreamPosition,
  { store, log }: ReplayOptions,
): Promise<SessionEvent[]> {
  const cursor = new CursorCodec(log.sessionId).encode({ ...since, epoch: NO_EPOCH });
  const unfinished = await store.listUnfinishedTexts(log.sessionId);
  return unfinished
    .filter(({ kind, id }) => log.findText(kind, id)?.isOpen !== true)
    .map(({ kind, id }) => ({
      type: 'message.delta',
      cursor,
      sessionId: log.sessionId,
      occurredAt: new Date(),
      turnMessageId: null,
      agentId: null,
      messageId: id,
      kind,
      offset: 0,
      text: '',
      state: 'DISCARDED',
    }));
}

const WITHOUT_LIMITS = {
  maxBytes: Number.POSITIVE_INFINITY,
  maxAgeMs: Number.POSITIVE_INFINITY,
  maxTextLength: Number.POSITIVE_INFINITY,
};

/** Applies the missed events to a temporary log, with the projections of live events (S20). Its cursors are resolved by their journal event (S22). */
async function rebuildEvents(
  missed: MissedEvents,
  since: StreamPosition,
  options: ReplayOptions,
): Promise<SessionEvent[]> {
  const { context, events, logOffset } = missed;
  const stored = await options.store.requests.list(options.log.sessionId);
  const { log, timeline, requests, applyEvent } = createScratch(missed, since, options);
  requests.loadStored(stored);
  for (const event of context) applyEvent(event);
  const { sequence } = log;
  for (const event of events) applyEvent(event);
  if (logOffset.journalEventId !== null) log.journalIndex.record(logOffset.journalEventId);
  // Without an open turn, what is still open here was interrupted by a restart.
  if (options.turns.openTurns.length === 0) timeline.interrupt(new Date());
  const present = await readTurns(missed, options);
  replayRequests({
    log,
    replayed: requests,
    live: options.requests,
    stored,
    turnIds: new Set(present.map(({ messageId }) => messageId)),
  });
  for (const turn of present) {
    const occurredAt = turn.finishedAt ?? turn.startedAt ?? turn.queuedAt;
    const origin = { occurredAt, turnMessageId: turn.messageId, agentId: null };
    log.append(origin, { type: 'turn.changed', turn });
  }
  await appendCurrentState(log, options);
  return log.readAfter(sequence).map((event) => clearEndedTurn(event, present));
}

function createScratch(
  { context, events }: MissedEvents,
  { rewinds }: StreamPosition,
  options: ReplayOptions,
) {
  const { sessionId } = options.log;
  const log = new SessionLog(sessionId, {
    ...WITHOUT_LIMITS,
    rewinds,
    catchUp: () => Promise.resolve(undefined),
  });
  const turns = new Turns(sessionId, () => undefined);
  for (const id of listSteeringMessageIds([...context, ...events])) {
    turns.expectSteeringMessage({ id, prompt: '', queuedAt: new Date() });
  }
  const timeline = new Timeline(log, turns);
  const requests = new PendingRequests({ log, turns, timeline, rules: options.requests.rules });
  const routes = createChangeRoutes({ timeline, requests });
  const applyEvent = (event: RuntimeEvent): void => {
    const translated = translateEvent(event);
    if (translated) routeChanges(translated, routes);
    if (isDurableEvent(event)) log.journalIndex.record(event.id);
  };
  return { log, timeline, requests, applyEvent };
}

/** Clears the turn of an event that occurred between two turns. The journal does not record where turns end, so the replay has assigned the event to the preceding turn. */
function clearEndedTurn(event: SessionEvent, turns: readonly Turn[]): SessionEvent {
  if (event.type !== 'model.changed' && event.type !== 'context.compacted') return event;
  const turn = turns.find(({ messageId }) => messageId === event.turnMessageId);
  const isAfter = turn?.finishedAt != null && turn.finishedAt < event.occurredAt;
  return isAfter ? { ...event, turnMessageId: null } : event;
}

/** Appends the current value of everything that the journal does not contain. */
async function appendCurrentState(
  scratch: SessionLog,
  { store, turns }: ReplayOptions,
): Promise<void> {
  const { sessionId } = scratch;
  const intent = await store.usage.findIntent(sessionId);
  if (intent) {
    const { occurredAt, turnMessageId } = intent;
    const origin = { occurredAt, turnMessageId, agentId: null };
    scratch.append(origin, { type: 'intent.changed', intent: intent.intent });
  }
  const sessionUsage = await store.usage.get(sessionId);
  if (sessionUsage.contextTokens === null && sessionUsage.inputTokens === 0) return;
  const stored = await store.findLatestTurn(sessionId);
  const turn = (stored && turns.find(stored.messageId)) ?? stored;
  scratch.append(
    { occurredAt: new Date(), turnMessageId: turn?.messageId ?? null, agentId: null },
    { type: 'usage.changed', turnUsage: turn?.usage ?? null, sessionUsage },
  );
}

/** Returns the current state of the turn that ran at the position, of the missed turns, and of the newest turn. */
async function readTurns(
  { context, events }: MissedEvents,
  { store, turns, log }: ReplayOptions,
): Promise<Turn[]> {
  const running = context.findLast(({ type }) => type === 'user.message');
  const latest = await store.findLatestTurn(log.sessionId);
  const messages = [...(running ? [running] : []), ...events].map(findMessageId);
  const ids = new Set([...messages, latest?.messageId].filter((id) => id !== undefined));
  const found = [...ids].map(
    async (id) => turns.find(id) ?? (await store.findTurn(log.sessionId, id)),
  );
  return (await Promise.all(found)).filter((turn) => turn !== undefined);
}

function findMessageId(event: RuntimeEvent): string | undefined {
  return event.type === 'user.message' ? event.data.messageId : undefined;
}
