import type { SessionEvent } from './event.ts';
import type { AssembledText, Sent } from './text-assembly.ts';

/** What a log shows to its readers. */
export interface ReadableLog {
  readonly floor: number;
  readonly sequence: number;
  openTexts(): Iterable<AssembledText>;
  anchorAt(sequence: number): string | null;
  /** The oldest change after `sequence`; its event is undefined when the reader has it already. */
  after(
    sequence: number,
    sent: Map<AssembledText, Sent>,
  ): { sequence: number; event: SessionEvent | undefined } | undefined;
  /** Whether what comes next is text that is still written. */
  isGrowing(sequence: number): boolean;
  textEvent(
    text: AssembledText,
    sent: Map<AssembledText, Sent>,
    sequence: number,
  ): SessionEvent | undefined;
}

export interface Place {
  readonly sequence: number;
  readonly anchor: string | null;
}

/** One reader's position in a log. */
export class LogReader {
  readonly #log: ReadableLog;
  readonly #sent = new Map<AssembledText, Sent>();
  #inFlight: AssembledText[] = [];
  #place: Place;

  /** @param place null: the texts in flight, then what comes */
  constructor(log: ReadableLog, place: Place | null) {
    this.#log = log;
    if (place === null) this.#inFlight = [...log.openTexts()];
    this.#place = place ?? { sequence: log.sequence, anchor: log.anchorAt(log.sequence) };
  }

  get place(): Place {
    return this.#place;
  }

  /** The log has forgotten what comes next. */
  get isBehind(): boolean {
    return this.#place.sequence < this.#log.floor;
  }

  /** Whether what comes next is text of which more may follow. */
  get isGrowing(): boolean {
    return this.#inFlight.length === 0 && this.#log.isGrowing(this.#place.sequence);
  }

  /** Undefined: caught up. */
  read(): SessionEvent | undefined {
    for (let text = this.#inFlight.shift(); text; text = this.#inFlight.shift()) {
      const event = this.#log.textEvent(text, this.#sent, this.#place.sequence);
      if (event) return event;
    }
    let next = this.#log.after(this.#place.sequence, this.#sent);
    while (next) {
      this.#place = { sequence: next.sequence, anchor: this.#log.anchorAt(next.sequence) };
      if (next.event) return next.event;
      next = this.#log.after(this.#place.sequence, this.#sent);
    }
    return undefined;
  }
}
