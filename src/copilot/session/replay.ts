import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import { cursorExpired, Cursors, NO_EPOCH, type Position } from '../../events/cursor.ts';
import type { SessionEvent } from '../../events/event.ts';
import type { CaughtUp } from '../../events/log-follower.ts';
import { LogReader, type Place } from '../../events/log-reader.ts';
import { SessionLog } from '../../events/session-log.ts';
import type { Turn } from '../../events/turn.ts';
import type { SessionDirectory } from '../../store/session-directory.ts';
import { joinedIn } from '../history/steered-messages.ts';
import { Timeline } from '../projections/timeline.ts';
import { Turns } from '../projections/turns.ts';
import { PendingRequests } from '../requests/pending-requests.ts';
import { retellRequests } from '../requests/replay-requests.ts';
import type { Responder } from '../requests/request-responder.ts';
import type { Journal } from '../runtime/journal.ts';
import { isFailure } from '../runtime/sdk-errors.ts';
import type { SessionServices } from '../services.ts';
import { isPersisted } from '../translate/event-types.ts';
import { translateEvent } from '../translate/translate-event.ts';

const ATTEMPTS = 10;

interface ReplayOptions {
  readonly log: SessionLog;
  readonly journal: Journal;
  readonly directory: SessionDirectory;
  readonly turns: Turns;
  readonly responder: Pick<Responder, 'requests' | 'rules'>;
  /** How long the runtime may take to write its journal. */
  readonly journalLagMs: number;
}

interface Missed {
  /** Where the log goes on. */
  readonly place: Place;
  /** What came before the position, as far as what follows refers to it. */
  readonly context: readonly RuntimeEvent[];
  readonly events: readonly RuntimeEvent[];
}

/**
 * What a reader lacks between its position and the log, rebuilt from the journal. Steps may come again,
 * and texts come whole. Undefined: the journal does not reach up to the log yet.
 *
 * @throws Failure CURSOR_EXPIRED when the journal does not have the position
 */
export async function replay(
  since: Position,
  options: ReplayOptions,
): Promise<CaughtUp | undefined> {
  const missed = await findMissed(since, options);
  if (!missed) return undefined;
  // Retracted first: a reader that holds a part of a text that was never finished would keep it for ever.
  const events = [...(await retracted(since, options)), ...(await rebuilt(missed, since, options))];
  return { events, place: missed.place };
}

/** The runtime tells of an event before it writes it down: what is not in the journal may only not be there yet. */
async function findMissed(
  { anchor }: Position,
  { journal, log, journalLagMs }: ReplayOptions,
): Promise<Missed | undefined> {
  const attempts = journalLagMs > 0 ? ATTEMPTS : 1;
  for (let attempt = 1; ; attempt++) {
    const events = await collect(anchor, journal);
    const isKnown = anchor === null || events.some(({ id }) => id === anchor);
    const missed = isKnown ? missedIn(events, anchor, log) : undefined;
    if (missed) return missed;
    if (attempt === attempts && !isKnown) throw cursorExpired();
    if (attempt === attempts) return undefined;
    await new Promise((resolve) => setTimeout(resolve, journalLagMs / ATTEMPTS).unref());
  }
}

/** Pages from the end, until they reach the position and what it refers to. Oldest first. */
async function collect(anchor: string | null, journal: Journal): Promise<RuntimeEvent[]> {
  let events: RuntimeEvent[] = [];
  for await (const page of journal.pagesFromEnd()) {
    events = [...page, ...events];
    const index = events.findIndex(({ id }) => id === anchor);
    const before = events.slice(0, index + 1);
    if (index >= 0 && before.some(({ type }) => type === 'user.message')) return events;
  }
  return events;
}

function missedIn(
  events: readonly RuntimeEvent[],
  anchor: string | null,
  log: SessionLog,
): Missed | undefined {
  const index = events.findIndex(({ id }) => id === anchor);
  const start = anchor === null ? log.placeOf(null) : undefined;
  if (start) return { place: start, context: [], events: [] };
  for (let next = Math.max(index, 0); next < events.length; next++) {
    const place = log.placeOf(events[next]?.id ?? '');
    if (place) {
      return {
        place,
        context: events.slice(0, index + 1),
        events: events.slice(index + 1, next + 1),
      };
    }
  }
  return undefined;
}

async function retracted(
  since: Position,
  { directory, log }: ReplayOptions,
): Promise<SessionEvent[]> {
  const cursor = new Cursors(log.sessionId).encode({ ...since, epoch: NO_EPOCH });
  const unfinished = await directory.unfinished(log.sessionId);
  return unfinished
    .filter(({ kind, id }) => log.text(kind, id)?.isOpen !== true)
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

/** By the same way as live events, through a log of its own: its cursors are found by their anchors. */
async function rebuilt(
  missed: Missed,
  since: Position,
  options: ReplayOptions,
): Promise<SessionEvent[]> {
  const { context, events, place } = missed;
  const stored = await options.directory.requests.of(options.log.sessionId);
  const { log, timeline, requests, takeIn } = scratchFor(missed, since, options);
  requests.recall(stored);
  for (const event of context) takeIn(event);
  const start = { sequence: log.sequence, anchor: since.anchor };
  for (const event of events) takeIn(event);
  if (place.anchor !== null) log.mark(place.anchor);
  // What was under way before a restart goes on nowhere.
  if (options.turns.open.length === 0) timeline.interrupt(new Date());
  const present = await turnsOf(missed, options);
  retellRequests({
    ...{ log, told: requests, live: options.responder.requests, stored },
    turns: new Set(present.map(({ messageId }) => messageId)),
  });
  for (const turn of present) {
    const occurredAt = turn.finishedAt ?? turn.startedAt ?? turn.queuedAt;
    const origin = { occurredAt, turnMessageId: turn.messageId, agentId: null };
    log.append(origin, { type: 'turn.changed', turn });
  }
  await appendLatest(log, options);
  return allOf(new LogReader(log, start)).map((event) => afterTurns(event, present));
}

function scratchFor({ context, events }: Missed, { rewinds }: Position, options: ReplayOptions) {
  const { sessionId } = options.log;
  const log = new SessionLog(sessionId, {
    ...WITHOUT_LIMITS,
    rewinds,
    catchUp: () => Promise.resolve(undefined),
  });
  const turns = new Turns(sessionId, () => undefined);
  for (const id of joinedIn([...context, ...events])) {
    turns.joins({ id, prompt: '', queuedAt: new Date() });
  }
  const timeline = new Timeline(log, turns);
  const requests = new PendingRequests({ log, turns, timeline, rules: options.responder.rules });
  const takeIn = (event: RuntimeEvent): void => {
    const translated = translateEvent(event);
    if (translated) requests.apply(translated);
    if (translated) timeline.apply(translated);
    if (isPersisted(event)) log.mark(event.id);
  };
  return { log, timeline, requests, takeIn };
}

/** The journal does not say when a turn has ended: what came between two turns is of neither. */
function afterTurns(event: SessionEvent, turns: readonly Turn[]): SessionEvent {
  if (event.type !== 'model.changed' && event.type !== 'context.compacted') return event;
  const turn = turns.find(({ messageId }) => messageId === event.turnMessageId);
  const isAfter = turn?.finishedAt != null && turn.finishedAt < event.occurredAt;
  return isAfter ? { ...event, turnMessageId: null } : event;
}

/** Of what the journal does not keep: as it is now. */
async function appendLatest(
  scratch: SessionLog,
  { directory, turns }: ReplayOptions,
): Promise<void> {
  const { sessionId } = scratch;
  const intent = await directory.usage.intent(sessionId);
  if (intent) {
    const { occurredAt, turnMessageId } = intent;
    const origin = { occurredAt, turnMessageId, agentId: null };
    scratch.append(origin, { type: 'intent.changed', intent: intent.intent });
  }
  const sessionUsage = await directory.usage.of(sessionId);
  if (sessionUsage.contextTokens === null && sessionUsage.inputTokens === 0) return;
  const stored = await directory.latestTurn(sessionId);
  const turn = (stored && turns.find(stored.messageId)) ?? stored;
  scratch.append(
    { occurredAt: new Date(), turnMessageId: turn?.messageId ?? null, agentId: null },
    { type: 'usage.changed', turnUsage: turn?.usage ?? null, sessionUsage },
  );
}

/** As they are now: the one that ran at the position, those that were missed, and the newest. */
async function turnsOf(
  { context, events }: Missed,
  { directory, turns, log }: ReplayOptions,
): Promise<Turn[]> {
  const running = context.findLast(({ type }) => type === 'user.message');
  const latest = await directory.latestTurn(log.sessionId);
  const messages = [...(running ? [running] : []), ...events].map(messageIdOf);
  const ids = new Set([...messages, latest?.messageId].filter((id) => id !== undefined));
  const found = [...ids].map(
    async (id) => turns.find(id) ?? (await directory.findTurn(log.sessionId, id)),
  );
  return (await Promise.all(found)).filter((turn) => turn !== undefined);
}

function messageIdOf(event: RuntimeEvent): string | undefined {
  return event.type === 'user.message' ? event.data.messageId : undefined;
}

function allOf(reader: LogReader): SessionEvent[] {
  const events: SessionEvent[] = [];
  for (let event = reader.read(); event; event = reader.read()) events.push(event);
  return events;
}

interface CatchUpOptions {
  readonly session: {
    readonly log: SessionLog;
    readonly turns: Turns;
    readonly responder: Responder;
    attach(): Promise<void>;
  };
  readonly journal: Journal;
  readonly services: SessionServices;
}

/** What a reader who was away has missed. Undefined: there is no runtime, and the log says when it is back. */
export async function catchUp(
  since: Position,
  { session, journal, services }: CatchUpOptions,
): Promise<CaughtUp | undefined> {
  try {
    await session.attach();
    const { directory, settings } = services;
    const live = { log: session.log, turns: session.turns, responder: session.responder };
    return await replay(since, { directory, journal, ...settings, ...live });
  } catch (error) {
    if (isFailure(error, 'RUNTIME_UNAVAILABLE')) return undefined;
    throw error;
  }
}
