import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';
import type { Logger } from 'pino';

import { RecentIds } from '../../events/recent-ids.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { RecordedEvent } from '../../store/session-directory.ts';
import type { SessionMemory } from '../projections/session-recorder.ts';
import type { Timeline } from '../projections/timeline.ts';
import type { PendingRequests } from '../requests/pending-requests.ts';
import type { UnknownEvents } from '../runtime/unknown-events.ts';
import type { TranslatedEvent } from '../translate/change.ts';
import { isDeclared } from '../translate/event-types.ts';
import { isPersisted } from '../translate/event-types.ts';
import { isTaken } from '../translate/event-types.ts';
import { translateEvent } from '../translate/translate-event.ts';

interface InboxOptions {
  readonly log: SessionLog;
  readonly timeline: Timeline;
  readonly requests: PendingRequests;
  readonly memory: SessionMemory;
  readonly unknown: UnknownEvents;
  readonly logger: Logger;
  /** Called for every new event. */
  readonly onActivity: () => void;
  readonly onQueueChanged: () => void;
}

const RECORDED = 50;
/** More than a runtime leaves unwritten. */
const REMEMBERED = 12;

/** Takes in the runtime's events, each once. */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #seen = new RecentIds();
  /** The newest events of the journal, oldest first. */
  readonly #recorded: RecordedEvent[] = [];
  /** By id: under load a push comes again, behind what followed it. */
  #held: Map<string, RuntimeEvent> | undefined;
  #counted: ReadonlySet<string> = new Set();

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  get recorded(): readonly RecordedEvent[] {
    return this.#recorded;
  }

  /** The runtime has only the first `kept` of the recorded events. */
  loseAfter(kept: number): void {
    const lost = this.#recorded.splice(kept).map(({ id }) => id);
    this.#options.log.lose(lost, this.#recorded.at(-1)?.id ?? null);
  }

  isNew({ id }: RuntimeEvent): boolean {
    return !this.#seen.has(id);
  }

  /** Neither taken in nor held back. */
  hasMissed(event: RuntimeEvent): boolean {
    return this.isNew(event) && !(this.#held?.has(event.id) ?? false);
  }

  receive(event: RuntimeEvent): void {
    if (!this.#held) this.take(event);
    else if (!this.#held.has(event.id)) this.#held.set(event.id, event);
  }

  /** Keeps back what is pushed, until what came before it has been read. */
  hold(): void {
    this.#held = new Map();
  }

  /** What was read meanwhile counts as taken. */
  release(): void {
    const held = this.#held;
    this.#held = undefined;
    for (const event of held?.values() ?? []) this.take(event);
  }

  /** What was held is to be read again. */
  drop(): void {
    this.#held = undefined;
  }

  /** No text is open, and what was pushed so far has been read: little of it may come again. */
  settle(): void {
    this.#seen.settle();
  }

  /** Model calls of these events are in the sums already. */
  callsCounted(eventIds: ReadonlySet<string>): void {
    this.#counted = eventIds;
  }

  /** Is history: counts as taken, with all that was pushed before its end, and the log begins after it. */
  skip(events: readonly RuntimeEvent[]): void {
    const known = new Set(events.map(({ id }) => id));
    const held = [...(this.#held ?? [])];
    const end = held.findLastIndex(([id]) => known.has(id)) + 1;
    for (const [id] of held.slice(0, end)) this.#held?.delete(id);
    for (const id of known) this.#seen.add(id);
    // Only the last: a reader that stands before an earlier one has not read what followed it.
    const last = events.findLast((event) => isPersisted(event));
    if (last) this.#mark(last);
  }

  /** The SDK drops what its listeners throw, so that a fault in here would go unseen. */
  take(event: RuntimeEvent): void {
    // Half of all events of an answer: there is nothing in them for anyone.
    if (isDeclared(event.type) && !isTaken(event.type)) return;
    if (!this.#seen.add(event.id)) return;
    const { log, logger } = this.#options;
    try {
      this.#apply(event);
    } catch (error) {
      logger.error({ err: error, sessionId: log.sessionId, type: event.type }, 'event not taken');
    }
    if (isPersisted(event)) this.#mark(event);
  }

  #mark({ id, type }: RecordedEvent): void {
    this.#options.log.mark(id);
    this.#recorded.push({ id, type });
    if (this.#recorded.length > RECORDED) this.#recorded.shift();
    this.#options.memory.recorded(this.#recorded.slice(-REMEMBERED));
  }

  #apply(event: RuntimeEvent): void {
    const translated = this.#translate(event);
    if (!translated && !isDeclared(event.type)) this.#options.unknown.add(event.type);
    if (!translated) return;
    const { timeline, requests, memory, onActivity, onQueueChanged } = this.#options;
    requests.apply(translated);
    timeline.apply(translated);
    memory.remember(translated);
    if (translated.changes.some(({ type }) => type === 'queue')) onQueueChanged();
    onActivity();
  }

  #translate(event: RuntimeEvent): TranslatedEvent | undefined {
    const translated = translateEvent(event);
    if (!translated || !this.#counted.has(event.id)) return translated;
    const changes = translated.changes.filter(({ type }) => type !== 'model-called');
    return { ...translated, changes };
  }
}
