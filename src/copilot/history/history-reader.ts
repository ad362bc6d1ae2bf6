import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Journal, JournalPlace } from '../runtime/journal.ts';
import { translateEvent } from '../translate/translate-event.ts';
import { type FoldedHistory, foldHistory } from './message-history.ts';

/** Seen: three to nine for each message. */
const EVENTS_PER_MESSAGE = 6;
const FEWEST_EVENTS = 100;

export type Side = 'start' | 'end';

/** What was read of a history from one side. It goes on when more is asked for, and reads nothing twice. */
export class HistoryEnd {
  readonly side: Side;
  readonly #journal: Journal;
  readonly #ids = new Set<string>();
  #events: readonly RuntimeEvent[] = [];
  #folded: FoldedHistory | undefined;
  #oldestAt = Number.POSITIVE_INFINITY;
  #place: JournalPlace | null = null;
  #isWhole = false;
  #reading: Promise<void> = Promise.resolve();

  constructor(journal: Journal, side: Side) {
    this.#journal = journal;
    this.side = side;
  }

  get reachesStart(): boolean {
    return this.side === 'start' || this.#isWhole;
  }

  get reachesEnd(): boolean {
    return this.side === 'end' || this.#isWhole;
  }

  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Of what was read; the messages that lie at its other side may lack their turn or the results of their tools. */
  get folded(): FoldedHistory {
    return (this.#folded ??= foldHistory(this.#events));
  }

  /** When the oldest event that was read happened. */
  get oldestAt(): number {
    return this.#oldestAt;
  }

  has(messageId: string): boolean {
    return this.#ids.has(messageId);
  }

  /** Reads on until it is enough, or all. @param messages how many are expected to be enough */
  readUntil(enough: () => boolean, messages: number): Promise<void> {
    // One after the other: what the one has read may be enough for the next.
    const reading = this.#reading.then(() => this.#read(enough, messages));
    this.#reading = reading.catch(() => undefined);
    return reading;
  }

  async #read(enough: () => boolean, messages: number): Promise<void> {
    if (this.#isWhole || (this.#place && enough())) return;
    const pages = this.#journal.pages(this.side === 'start' ? 'forward' : 'backward', {
      after: this.#place,
      first: Math.max(FEWEST_EVENTS, messages * EVENTS_PER_MESSAGE),
    });
    for await (const { events, next } of pages) {
      this.#take(events);
      this.#place = next;
      this.#isWhole = next === null;
      if (enough()) return;
    }
  }

  #take(events: readonly RuntimeEvent[]): void {
    const kept = events.filter(({ type }) => foldedTypes.has(type));
    for (const change of kept.flatMap((event) => translateEvent(event)?.changes ?? [])) {
      if (change.type === 'user-message' || change.type === 'message-completed') {
        this.#ids.add(change.message.id);
      }
    }
    const [first] = events;
    if (first) this.#oldestAt = Math.min(this.#oldestAt, Date.parse(first.timestamp));
    this.#events = this.side === 'start' ? [...this.#events, ...kept] : [...kept, ...this.#events];
    this.#folded = undefined;
  }
}

/** Types that make messages what they are. */
const foldedTypes: ReadonlySet<string> = new Set([
  'user.message',
  'assistant.message',
  'tool.execution_start',
  'tool.execution_progress',
  'tool.execution_complete',
  'abort',
  'session.error',
] satisfies RuntimeEvent['type'][]);
