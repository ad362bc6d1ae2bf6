import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';
import type { Logger } from 'pino';

import { RecentIds } from '../../events/recent-ids.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { RecordedEvent } from '../../store/session-store.ts';
import type { SessionRecorder } from '../projections/session-recorder.ts';
import type { UnknownEvents } from '../runtime/unknown-events.ts';
import type { TranslatedEvent } from '../translate/change.ts';
import { isKnownType } from '../translate/event-types.ts';
import { isDurableEvent } from '../translate/event-types.ts';
import { isHandledType } from '../translate/event-types.ts';
import { translateEvent } from '../translate/translate-event.ts';
import { type ChangeRoutes, routeChanges } from './change-routes.ts';
import type { SessionEmitter } from './session-emitter.ts';

interface EventInboxOptions {
  readonly log: SessionLog;
  readonly routes: ChangeRoutes;
  readonly recorder: SessionRecorder;
  readonly unknownEvents: UnknownEvents;
  readonly logger: Logger;
  readonly emitter: SessionEmitter;
}

const MAX_RECORDED = 50;
/** More than a runtime leaves unwritten. */
const MAX_PERSISTED = 12;

/** Takes in the runtime's events, each once. */
export class EventInbox {
  readonly #options: EventInboxOptions;
  readonly #seen = new RecentIds();
  /** The newest events of the journal, oldest first. */
  readonly #recordedEvents: RecordedEvent[] = [];
  /** By id: under load a push comes again, behind what followed it. */
  #buffered: Map<string, RuntimeEvent> | undefined;
  #countedEventIds: ReadonlySet<string> = new Set();

  constructor(options: EventInboxOptions) {
    this.#options = options;
  }

  get recordedEvents(): readonly RecordedEvent[] {
    return this.#recordedEvents;
  }

  /** The runtime has only the first `kept` of the recorded events. */
  truncateRecorded(kept: number): void {
    const lost = this.#recordedEvents.splice(kept).map(({ id }) => id);
    this.#options.log.journalIndex.remapLost(lost, this.#recordedEvents.at(-1)?.id ?? null);
  }

  isNew({ id }: RuntimeEvent): boolean {
    return !this.#seen.has(id);
  }

  /** Neither taken in nor held back. */
  hasMissed(event: RuntimeEvent): boolean {
    return this.isNew(event) && !(this.#buffered?.has(event.id) ?? false);
  }

  receive(event: RuntimeEvent): void {
    if (!this.#buffered) this.process(event);
    else if (!this.#buffered.has(event.id)) this.#buffered.set(event.id, event);
  }

  /** Keeps back what is pushed, until what came before it has been read. */
  pause(): void {
    this.#buffered = new Map();
  }

  /** What was read meanwhile counts as taken. */
  resume(): void {
    const held = this.#buffered;
    this.#buffered = undefined;
    for (const event of held?.values() ?? []) this.process(event);
  }

  /** What was held is to be read again. */
  discard(): void {
    this.#buffered = undefined;
  }

  /** No text is open, and what was pushed so far has been read: little of it may come again. */
  compact(): void {
    this.#seen.compact();
  }

  /** Model calls of these events are in the sums already. */
  setCountedEvents(eventIds: ReadonlySet<string>): void {
    this.#countedEventIds = eventIds;
  }

  /** Is history: counts as taken, with all that was pushed before its end, and the log begins after it. */
  markAsSeen(events: readonly RuntimeEvent[]): void {
    const known = new Set(events.map(({ id }) => id));
    const held = [...(this.#buffered ?? [])];
    const end = held.findLastIndex(([id]) => known.has(id)) + 1;
    for (const [id] of held.slice(0, end)) this.#buffered?.delete(id);
    for (const id of known) this.#seen.add(id);
    // Only the last: a reader that stands before an earlier one has not read what followed it.
    const last = events.findLast((event) => isDurableEvent(event));
    if (last) this.#recordJournalEvent(last);
  }

  /** The SDK drops what its listeners throw, so that a fault in here would go unseen. */
  process(event: RuntimeEvent): void {
    // Half of all events of an answer: there is nothing in them for anyone.
    if (isKnownType(event.type) && !isHandledType(event.type)) return;
    if (!this.#seen.add(event.id)) return;
    const { log, logger } = this.#options;
    try {
      this.#apply(event);
    } catch (error) {
      logger.error({ err: error, sessionId: log.sessionId, type: event.type }, 'event not taken');
    }
    if (isDurableEvent(event)) this.#recordJournalEvent(event);
  }

  #recordJournalEvent({ id, type }: RecordedEvent): void {
    this.#options.log.journalIndex.record(id);
    this.#recordedEvents.push({ id, type });
    if (this.#recordedEvents.length > MAX_RECORDED) this.#recordedEvents.shift();
    this.#options.recorder.recordEvents(this.#recordedEvents.slice(-MAX_PERSISTED));
  }

  #apply(event: RuntimeEvent): void {
    const translated = this.#translate(event);
    if (!translated && !isKnownType(event.type)) this.#options.unknownEvents.increment(event.type);
    if (!translated) return;
    routeChanges(translated, this.#options.routes);
    this.#options.emitter.emit('activity');
  }

  #translate(event: RuntimeEvent): TranslatedEvent | undefined {
    const translated = translateEvent(event);
    if (!translated || !this.#countedEventIds.has(event.id)) return translated;
    const changes = translated.changes.filter(({ type }) => type !== 'usage-reported');
    return { ...translated, changes };
  }
}
