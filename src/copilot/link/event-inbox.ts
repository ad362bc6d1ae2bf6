import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';
import type { Logger } from 'pino';

import { RecentIds } from '../../events/recent-ids.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { RecordedEvent } from '../../store/session-store.ts';
import type { SessionRecorder } from '../projections/session-recorder.ts';
import type { UnknownEvents } from '../runtime/unknown-events.ts';
import type { TranslatedEvent } from '../translate/change.ts';
import { isDurableEvent, isHandledType, isKnownType } from '../translate/event-types.ts';
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
/** More events than a runtime has accepted and not written yet. */
const MAX_PERSISTED = 12;

/**
 * The only entrance for events of the runtime. Pushed and read events take the same way:
 *
 *   receive (push) --> buffer, while paused --+
 *                 \--------------------------> process --> translate --> routes --> journal index
 *   process (read by reconcile) -------------/
 *
 * 1. Each event is applied once, however often it is pushed or read (S11 in docs/streaming.md).
 * 2. While the inbox is paused, pushes are buffered: what is read comes first (S16).
 */
export class EventInbox {
  readonly #options: EventInboxOptions;
  readonly #seen = new RecentIds();
  /** The newest durable events that were received, oldest first. */
  readonly #recordedEvents: RecordedEvent[] = [];
  /** Undefined unless the inbox is paused. By id: under load, an event is pushed again behind later ones. */
  #buffered: Map<string, RuntimeEvent> | undefined;
  #countedEventIds: ReadonlySet<string> = new Set();

  constructor(options: EventInboxOptions) {
    this.#options = options;
  }

  get recordedEvents(): readonly RecordedEvent[] {
    return this.#recordedEvents;
  }

  /** Forgets the recorded events after the first `kept`: the runtime has lost them. */
  truncateRecorded(kept: number): void {
    const lost = this.#recordedEvents.splice(kept).map(({ id }) => id);
    this.#options.log.journalIndex.remapLost(lost, this.#recordedEvents.at(-1)?.id ?? null);
  }

  isNew({ id }: RuntimeEvent): boolean {
    return !this.#seen.has(id);
  }

  /** Returns whether the event has been neither applied nor buffered. */
  hasMissed(event: RuntimeEvent): boolean {
    return this.isNew(event) && !(this.#buffered?.has(event.id) ?? false);
  }

  receive(event: RuntimeEvent): void {
    if (!this.#buffered) this.process(event);
    else if (!this.#buffered.has(event.id)) this.#buffered.set(event.id, event);
  }

  /** Starts to buffer pushes, until what precedes them has been read. */
  pause(): void {
    this.#buffered = new Map();
  }

  /** Applies the buffered pushes, except those that were read meanwhile. */
  resume(): void {
    const buffered = this.#buffered;
    this.#buffered = undefined;
    for (const event of buffered?.values() ?? []) this.process(event);
  }

  /** Drops the buffered pushes: they will be read again. */
  discard(): void {
    this.#buffered = undefined;
  }

  /** Forgets most ids. Call when no text is open and all that was pushed has been read: little of it can come again. */
  compact(): void {
    this.#seen.compact();
  }

  /** Model calls of these events are in the totals already. */
  setCountedEvents(eventIds: ReadonlySet<string>): void {
    this.#countedEventIds = eventIds;
  }

  /** Marks events of the history as applied, and also the pushed events that precede the end of that history, because the log begins after them. */
  markAsSeen(events: readonly RuntimeEvent[]): void {
    const known = new Set(events.map(({ id }) => id));
    const buffered = [...(this.#buffered ?? [])];
    const end = buffered.findLastIndex(([id]) => known.has(id)) + 1;
    for (const [id] of buffered.slice(0, end)) this.#buffered?.delete(id);
    for (const id of known) this.#seen.add(id);
    // Only the last one: a reader at an earlier event has not read what follows that event.
    const last = events.findLast((event) => isDurableEvent(event));
    if (last) this.#recordJournalEvent(last);
  }

  /** Applies an event. Errors are logged here, because the SDK drops what its listeners throw. */
  process(event: RuntimeEvent): void {
    // About half of all events of a turn have no meaning for the gateway.
    if (isKnownType(event.type) && !isHandledType(event.type)) return;
    if (!this.#seen.add(event.id)) return;
    const { log, logger } = this.#options;
    try {
      this.#apply(event);
    } catch (error) {
      logger.error(
        { err: error, sessionId: log.sessionId, type: event.type },
        'failed to process event',
      );
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
