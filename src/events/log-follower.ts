import type { Position } from './cursor.ts';
import type { EventType, SessionEvent } from './event.ts';
import type { FlushClock } from './flush-clock.ts';
import type { LogReader, Place } from './log-reader.ts';

/** What a reader has missed, from the journal, and where the log goes on after it. */
export interface CaughtUp {
  readonly events: readonly SessionEvent[];
  readonly place: Place;
}

/** Undefined: not possible yet; ask again after the next change of the log. */
export type CatchUp = (missedSince: Position) => Promise<CaughtUp | undefined>;

interface LogFollowerOptions {
  readonly catchUp: CatchUp;
  readonly readerAt: (place: Place | null) => LogReader;
  readonly positionOf: (place: Place) => Position;
  readonly types: readonly EventType[] | null | undefined;
  readonly maxLatencyMs: number;
  readonly clock: FlushClock;
}

/** Reads the log where it can, and the journal where the log has not begun or has forgotten. */
export class LogFollower {
  readonly #options: LogFollowerOptions;
  readonly #wanted: ReadonlySet<EventType> | undefined;
  readonly #missed: SessionEvent[] = [];
  #reader: LogReader | undefined;
  #lost: Position | undefined;

  /** @param start a place in the log, null for "now", or a position that is to be found by its anchor */
  constructor(start: Place | Position | null, options: LogFollowerOptions) {
    this.#options = options;
    this.#wanted = options.types ? new Set(options.types) : undefined;
    if (start !== null && 'epoch' in start) this.#lost = start;
    else this.#reader = options.readerAt(start);
  }

  read(): SessionEvent | undefined | Promise<SessionEvent | undefined> {
    const missed = this.#nextMissed();
    if (missed) return missed;
    const { maxLatencyMs } = this.#options;
    return maxLatencyMs > 0 && this.#reader?.isGrowing
      ? this.#readLater(maxLatencyMs)
      : this.#readNow();
  }

  #readNow(): SessionEvent | undefined | Promise<SessionEvent | undefined> {
    if (this.#reader?.isBehind) this.#lose(this.#reader);
    return this.#lost ? this.#catchUp(this.#lost) : this.#readLog();
  }

  async #readLater(maxLatencyMs: number): Promise<SessionEvent | undefined> {
    await this.#options.clock.tick(maxLatencyMs);
    return this.#readNow();
  }

  #lose(reader: LogReader): void {
    this.#lost = this.#options.positionOf(reader.place);
    this.#reader = undefined;
  }

  async #catchUp(lost: Position): Promise<SessionEvent | undefined> {
    const caughtUp = await this.#options.catchUp(lost);
    if (!caughtUp) return undefined;
    this.#lost = undefined;
    this.#missed.push(...caughtUp.events);
    this.#reader = this.#options.readerAt(caughtUp.place);
    return this.#nextMissed() ?? this.#readLog();
  }

  #nextMissed(): SessionEvent | undefined {
    for (let event = this.#missed.shift(); event; event = this.#missed.shift()) {
      if (this.#isWanted(event)) return event;
    }
    return undefined;
  }

  #readLog(): SessionEvent | undefined {
    for (let event = this.#reader?.read(); event; event = this.#reader?.read()) {
      if (this.#isWanted(event)) return event;
    }
    return undefined;
  }

  #isWanted({ type }: SessionEvent): boolean {
    return this.#wanted?.has(type) ?? true;
  }
}
