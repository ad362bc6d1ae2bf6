import type { AssembledText, SentState } from './assembled-text.ts';
import type { SessionEvent } from './event.ts';

/** What a log shows to its readers. */
export interface ReadableLog {
  readonly floor: number;
  readonly sequence: number;
  listOpenTexts(): Iterable<AssembledText>;
  findJournalEventId(sequence: number): string | null;
  /** The oldest change after `sequence`; its event is undefined when the reader has it already. */
  findNextEvent(
    sequence: number,
    sent: Map<AssembledText, SentState>,
  ): { sequence: number; event: SessionEvent | undefined } | undefined;
  /** Whether what comes next is text that is still written. */
  isGrowing(sequence: number): boolean;
  createTextEvent(
    text: AssembledText,
    sent: Map<AssembledText, SentState>,
    sequence: number,
  ): SessionEvent | undefined;
}

export interface LogOffset {
  readonly sequence: number;
  readonly journalEventId: string | null;
}

/** One reader's position in a log. */
export class LogReader {
  readonly #log: ReadableLog;
  readonly #sent = new Map<AssembledText, SentState>();
  #openTexts: AssembledText[] = [];
  #logOffset: LogOffset;

  /** @param place null: the texts in flight, then what comes */
  constructor(log: ReadableLog, place: LogOffset | null) {
    this.#log = log;
    if (place === null) this.#openTexts = [...log.listOpenTexts()];
    this.#logOffset = place ?? {
      sequence: log.sequence,
      journalEventId: log.findJournalEventId(log.sequence),
    };
  }

  get logOffset(): LogOffset {
    return this.#logOffset;
  }

  /** The log has forgotten what comes next. */
  get isBehind(): boolean {
    return this.#logOffset.sequence < this.#log.floor;
  }

  /** Whether what comes next is text of which more may follow. */
  get isGrowing(): boolean {
    return this.#openTexts.length === 0 && this.#log.isGrowing(this.#logOffset.sequence);
  }

  /** Undefined: caught up. */
  read(): SessionEvent | undefined {
    for (let text = this.#openTexts.shift(); text; text = this.#openTexts.shift()) {
      const event = this.#log.createTextEvent(text, this.#sent, this.#logOffset.sequence);
      if (event) return event;
    }
    let next = this.#log.findNextEvent(this.#logOffset.sequence, this.#sent);
    while (next) {
      this.#logOffset = {
        sequence: next.sequence,
        journalEventId: this.#log.findJournalEventId(next.sequence),
      };
      if (next.event) return next.event;
      next = this.#log.findNextEvent(this.#logOffset.sequence, this.#sent);
    }
    return undefined;
  }
}
