import type { StreamPosition } from './cursor.ts';
import type { EventType, SessionEvent } from './event.ts';
import type { FlushClock } from './flush-clock.ts';
import type { LogOffset,LogReader } from './log-reader.ts';

/** What a reader has missed, from the journal, and where the log goes on after it. */
export interface CatchUpResult {
  readonly events: readonly SessionEvent[];
  readonly logOffset: LogOffset;
}

/** Undefined: not possible yet; ask again after the next change of the log. */
export type CatchUp = (missedSince: StreamPosition) => Promise<CatchUpResult | undefined>;

interface LogFollowerOptions {
  readonly catchUp: CatchUp;
  readonly createReader: (place: LogOffset | null) => LogReader;
  readonly toStreamPosition: (place: LogOffset) => StreamPosition;
  readonly types: readonly EventType[] | null | undefined;
  readonly maxLatencyMs: number;
  readonly clock: FlushClock;
}

/** Reads the log where it can, and the journal where the log has not begun or has forgotten. */
export class LogFollower {
  readonly #options: LogFollowerOptions;
  readonly #wantedTypes: ReadonlySet<EventType> | undefined;
  readonly #missedEvents: SessionEvent[] = [];
  #reader: LogReader | undefined;
  #missedSince: StreamPosition | undefined;

  /** @param start a place in the log, null for "now", or a position that is to be found by its anchor */
  constructor(start: LogOffset | StreamPosition | null, options: LogFollowerOptions) {
    this.#options = options;
    this.#wantedTypes = options.types ? new Set(options.types) : undefined;
    if (start !== null && 'epoch' in start) this.#missedSince = start;
    else this.#reader = options.createReader(start);
  }

  read(): SessionEvent | undefined | Promise<SessionEvent | undefined> {
    const missed = this.#takeMissed();
    if (missed) return missed;
    const { maxLatencyMs } = this.#options;
    return maxLatencyMs > 0 && this.#reader?.isGrowing
      ? this.#readAfterDelay(maxLatencyMs)
      : this.#readNow();
  }

  #readNow(): SessionEvent | undefined | Promise<SessionEvent | undefined> {
    if (this.#reader?.isBehind) this.#switchToJournal(this.#reader);
    return this.#missedSince ? this.#catchUp(this.#missedSince) : this.#readLog();
  }

  async #readAfterDelay(maxLatencyMs: number): Promise<SessionEvent | undefined> {
    await this.#options.clock.waitForTick(maxLatencyMs);
    return this.#readNow();
  }

  #switchToJournal(reader: LogReader): void {
    this.#missedSince = this.#options.toStreamPosition(reader.logOffset);
    this.#reader = undefined;
  }

  async #catchUp(lost: StreamPosition): Promise<SessionEvent | undefined> {
    const caughtUp = await this.#options.catchUp(lost);
    if (!caughtUp) return undefined;
    this.#missedSince = undefined;
    this.#missedEvents.push(...caughtUp.events);
    this.#reader = this.#options.createReader(caughtUp.logOffset);
    return this.#takeMissed() ?? this.#readLog();
  }

  #takeMissed(): SessionEvent | undefined {
    for (let event = this.#missedEvents.shift(); event; event = this.#missedEvents.shift()) {
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
    return this.#wantedTypes?.has(type) ?? true;
  }
}
