import { AssembledText } from './assembled-text.ts';
import type { ChangesFeed } from './changes-feed.ts';
import type { SessionEvent } from './event.ts';
import type { EventFactory, LogEntry, SentTexts } from './event-factory.ts';
import type { JournalIndex, LogOffset } from './journal-index.ts';

/** The parts of a log that its readers share. */
export interface LogParts {
  readonly feed: ChangesFeed<LogEntry>;
  readonly texts: ReadonlyMap<string, AssembledText>;
  readonly journalIndex: JournalIndex;
  readonly eventFactory: EventFactory;
}

/** One reader of a log: where it stands, and what it holds of each open text. Never waits. */
export class LogReader {
  readonly #log: LogParts;
  readonly #sent: SentTexts = new Map();
  /** Texts that the reader starts with, before the changes. */
  readonly #openTexts: AssembledText[] = [];
  #logOffset: LogOffset;

  /** @param start null starts now: with the open texts as a whole (S2 in docs/streaming.md), then what changes */
  constructor(log: LogParts, start: LogOffset | null) {
    this.#log = log;
    if (start === null) this.#openTexts.push(...listOpenTexts(log));
    this.#logOffset = start ?? this.#createOffset(log.feed.sequence);
  }

  get logOffset(): LogOffset {
    return this.#logOffset;
  }

  /** Whether the log has evicted changes that the reader has not read. */
  get isBehind(): boolean {
    return this.#logOffset.sequence < this.#log.feed.floor;
  }

  /** Whether the next event is a patch of a text that may continue. */
  get isGrowing(): boolean {
    if (this.#openTexts.length > 0) return false;
    const entry = this.#log.feed.findNext(this.#logOffset.sequence)?.entry;
    return entry instanceof AssembledText && entry.isOpen;
  }

  /** Returns the next event, or undefined when the reader is up to date. */
  read(): SessionEvent | undefined {
    const { feed, eventFactory } = this.#log;
    for (let text = this.#openTexts.shift(); text; text = this.#openTexts.shift()) {
      const event = eventFactory.createEvent(text, this.#sent, this.#logOffset.sequence);
      if (event) return event;
    }
    let next = feed.findNext(this.#logOffset.sequence);
    while (next) {
      this.#logOffset = this.#createOffset(next.sequence);
      const event = eventFactory.createEvent(next.entry, this.#sent, next.sequence);
      if (event) return event;
      next = feed.findNext(this.#logOffset.sequence);
    }
    return undefined;
  }

  #createOffset(sequence: number): LogOffset {
    return { sequence, journalEventId: this.#log.journalIndex.findEventId(sequence) };
  }
}

export function listOpenTexts({ texts }: Pick<LogParts, 'texts'>): AssembledText[] {
  return [...texts.values()].filter((text) => text.isOpen);
}
