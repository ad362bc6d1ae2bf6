import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Journal, JournalCursor } from '../runtime/journal.ts';
import { translateEvent } from '../translate/translate-event.ts';
import { HistoryReducer, type ReducedHistory } from './reduce-history.ts';

/** Measured: three to nine events per message. */
const EXPECTED_EVENTS_PER_MESSAGE = 6;
const MIN_EVENTS = 100;

export type HistorySide = 'start' | 'end';

/** Reads a history from one side, as far as it is needed, and no event twice. */
export class HistoryReader {
  readonly side: HistorySide;
  readonly #journal: Journal;
  readonly #messageIds = new Set<string>();
  /** The events that were read from the end: earlier events change the meaning of later ones, so they are reduced again. */
  #events: readonly RuntimeEvent[] = [];
  #reducer = new HistoryReducer();
  #reduced: ReducedHistory | undefined;
  #oldestTimestamp = Number.POSITIVE_INFINITY;
  #cursor: JournalCursor | null = null;
  #isComplete = false;
  #lastRead: Promise<void> = Promise.resolve();

  constructor(journal: Journal, side: HistorySide) {
    this.#journal = journal;
    this.side = side;
  }

  get includesStart(): boolean {
    return this.side === 'start' || this.#isComplete;
  }

  get includesEnd(): boolean {
    return this.side === 'end' || this.#isComplete;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  /**
   * The history as far as it was read. The messages at the other side may lack their turn or the results of their tool
   * calls.
   */
  get reduced(): ReducedHistory {
    if (!this.#reduced && this.side === 'end') {
      this.#reducer = new HistoryReducer();
      for (const event of this.#events) this.#reducer.add(event);
    }
    return (this.#reduced ??= this.#reducer.result);
  }

  /** Time of the oldest event that was read. */
  get oldestTimestamp(): number {
    return this.#oldestTimestamp;
  }

  has(messageId: string): boolean {
    return this.#messageIds.has(messageId);
  }

  /**
   * Reads on until `isEnough`, or to the other side.
   *
   * @param messages how many messages are expected to be enough
   */
  readUntil(isEnough: () => boolean, messages: number): Promise<void> {
    // In sequence: what one call has read may be enough for the next.
    const reading = this.#lastRead.then(() => this.#read(isEnough, messages));
    this.#lastRead = reading.catch(() => undefined);
    return reading;
  }

  async #read(isEnough: () => boolean, messages: number): Promise<void> {
    if (this.#isComplete || (this.#cursor && isEnough())) return;
    const pages = this.#journal.readPages(this.side === 'start' ? 'forward' : 'backward', {
      after: this.#cursor,
      firstPageSize: Math.max(MIN_EVENTS, messages * EXPECTED_EVENTS_PER_MESSAGE),
    });
    for await (const { events, nextCursor } of pages) {
      this.#addEvents(events);
      this.#cursor = nextCursor;
      this.#isComplete = nextCursor === null;
      if (isEnough()) return;
    }
  }

  #addEvents(events: readonly RuntimeEvent[]): void {
    const kept = events.filter(({ type }) => reducedTypes.has(type));
    for (const change of kept.flatMap((event) => translateEvent(event)?.changes ?? [])) {
      if (change.type === 'user-message-added' || change.type === 'message-completed') {
        this.#messageIds.add(change.message.id);
      }
    }
    const [first] = events;
    if (first) this.#oldestTimestamp = Math.min(this.#oldestTimestamp, Date.parse(first.timestamp));
    if (this.side === 'end') this.#events = [...kept, ...this.#events];
    else for (const event of kept) this.#reducer.add(event);
    this.#reduced = undefined;
  }
}

/** Event types that messages are reduced from. */
const reducedTypes: ReadonlySet<string> = new Set([
  'user.message',
  'assistant.message',
  'tool.execution_start',
  'tool.execution_progress',
  'tool.execution_complete',
  'subagent.started',
  'subagent.completed',
  'subagent.failed',
  'abort',
  'session.error',
] satisfies RuntimeEvent['type'][]);
