import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Journal, JournalCursor } from '../runtime/journal.ts';
import { translateEvent } from '../translate/translate-event.ts';
import { type ReducedHistory, reduceHistory } from './reduce-history.ts';

/** Seen: three to nine for each message. */
const EXPECTED_EVENTS_PER_MESSAGE = 6;
const MIN_EVENTS = 100;

export type HistorySide = 'start' | 'end';

/** What was read of a history from one side. It goes on when more is asked for, and reads nothing twice. */
export class HistoryReader {
  readonly side: HistorySide;
  readonly #journal: Journal;
  readonly #messageIds = new Set<string>();
  #events: readonly RuntimeEvent[] = [];
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

  /** Of what was read; the messages that lie at its other side may lack their turn or the results of their tools. */
  get reduced(): ReducedHistory {
    return (this.#reduced ??= reduceHistory(this.#events));
  }

  /** When the oldest event that was read happened. */
  get oldestTimestamp(): number {
    return this.#oldestTimestamp;
  }

  has(messageId: string): boolean {
    return this.#messageIds.has(messageId);
  }

  /** Reads on until it is enough, or all. @param messages how many are expected to be enough */
  readUntil(enough: () => boolean, messages: number): Promise<void> {
    // One after the other: what the one has read may be enough for the next.
    const reading = this.#lastRead.then(() => this.#read(enough, messages));
    this.#lastRead = reading.catch(() => undefined);
    return reading;
  }

  async #read(enough: () => boolean, messages: number): Promise<void> {
    if (this.#isComplete || (this.#cursor && enough())) return;
    const pages = this.#journal.readPages(this.side === 'start' ? 'forward' : 'backward', {
      after: this.#cursor,
      firstPageSize: Math.max(MIN_EVENTS, messages * EXPECTED_EVENTS_PER_MESSAGE),
    });
    for await (const { events, nextCursor } of pages) {
      this.#addEvents(events);
      this.#cursor = nextCursor;
      this.#isComplete = nextCursor === null;
      if (enough()) return;
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
    this.#events = this.side === 'start' ? [...this.#events, ...kept] : [...kept, ...this.#events];
    this.#reduced = undefined;
  }
}

/** Types that make messages what they are. */
const reducedTypes: ReadonlySet<string> = new Set([
  'user.message',
  'assistant.message',
  'tool.execution_start',
  'tool.execution_progress',
  'tool.execution_complete',
  'abort',
  'session.error',
] satisfies RuntimeEvent['type'][]);
