import type { StreamPosition } from './cursor.ts';
import type { EventType, SessionEvent } from './event.ts';
import type { FlushClock } from './flush-clock.ts';
import type { LogOffset } from './journal-index.ts';
import type { LogPositions } from './log-positions.ts';
import { type LogParts, LogReader } from './log-reader.ts';

/** What a reader has missed, rebuilt from the journal, and where the log continues after it. */
export interface CatchUpResult {
  readonly events: readonly SessionEvent[];
  readonly logOffset: LogOffset;
}

/** Resolves to undefined when it is not possible yet: to be repeated after the next change of the log. */
export type CatchUp = (missedSince: StreamPosition) => Promise<CatchUpResult | undefined>;

interface LogFollowerOptions {
  readonly log: LogParts;
  readonly positions: LogPositions;
  readonly catchUp: CatchUp;
  /** Absent: all types. */
  readonly types: readonly EventType[] | null | undefined;
  /** How long a growing text may be held back to send fewer and longer patches. */
  readonly maxLatencyMs: number;
  readonly clock: FlushClock;
}

/**
 * Reads for one subscriber: from the log where it can, and from the journal when the position is not in the log
 * or was evicted from it (S25 in docs/streaming.md).
 *
 *     position in the log ──> LogReader ──> events
 *        ^                       │ behind the floor
 *        └─ catch up (journal) <─┘<── position of another log
 */
export class LogFollower {
  readonly #options: LogFollowerOptions;
  readonly #wantedTypes: ReadonlySet<EventType> | undefined;
  readonly #missedEvents: SessionEvent[] = [];
  #reader: LogReader | undefined;
  /** Set while there is no reader. */
  #missedSince: StreamPosition | undefined;

  /** @param start an offset in the log, null for "now", or a position that is to be found in the journal */
  constructor(start: LogOffset | StreamPosition | null, options: LogFollowerOptions) {
    this.#options = options;
    this.#wantedTypes = options.types ? new Set(options.types) : undefined;
    if (start !== null && 'epoch' in start) this.#missedSince = start;
    else this.#reader = new LogReader(options.log, start);
  }

  /** Returns the next event, or undefined when there is none before the next change of the log. */
  read(): SessionEvent | undefined | Promise<SessionEvent | undefined> {
    const missed = this.#takeMissed();
    if (missed) return missed;
    const { maxLatencyMs } = this.#options;
    return maxLatencyMs > 0 && this.#reader?.isGrowing
      ? this.#readAfterDelay(maxLatencyMs)
      : this.#readNow();
  }

  async #readAfterDelay(maxLatencyMs: number): Promise<SessionEvent | undefined> {
    await this.#options.clock.waitForTick(maxLatencyMs);
    return this.#readNow();
  }

  #readNow(): SessionEvent | undefined | Promise<SessionEvent | undefined> {
    if (this.#reader?.isBehind) {
      this.#missedSince = this.#options.positions.toStreamPosition(this.#reader.logOffset);
      this.#reader = undefined;
    }
    return this.#missedSince ? this.#catchUp(this.#missedSince) : this.#readLog();
  }

  async #catchUp(missedSince: StreamPosition): Promise<SessionEvent | undefined> {
    const result = await this.#options.catchUp(missedSince);
    if (!result) return undefined;
    this.#missedSince = undefined;
    this.#missedEvents.push(...result.events);
    this.#reader = new LogReader(this.#options.log, result.logOffset);
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
