import { findIndexAfter } from './binary-search.ts';
import { isUuid } from './cursor.ts';

/** A position inside one log. */
export interface LogOffset {
  readonly sequence: number;
  /** The newest journal event at or before the sequence; null for the start of the history. */
  readonly journalEventId: string | null;
}

interface JournalIndexEntry {
  readonly sequence: number;
  readonly eventId: string;
}

/** The sequence numbers of the log that the index belongs to. */
interface SequenceRange {
  readonly sequence: number;
  readonly floor: number;
}

/**
 * Maps the events of the runtime's journal to sequence numbers of one log, in both directions. A cursor names
 * a journal event so that a position survives its log (see "Cursors" in docs/streaming.md).
 *
 * Only events of durable types are recorded (S12), each after all of its changes (S13).
 */
export class JournalIndex {
  readonly #range: SequenceRange;
  /** Oldest first. */
  #entries: JournalIndexEntry[] = [];
  readonly #sequences = new Map<string, number>();
  #historyStart: number | undefined;
  /** From an event that the runtime has lost to the last one before it that the runtime kept. */
  readonly #replacements = new Map<string, string | null>();
  #revision = 0;

  constructor(range: SequenceRange) {
    this.#range = range;
  }

  /** Grows when the journal event of an earlier sequence number becomes another one. */
  get revision(): number {
    return this.#revision;
  }

  /** The newest recorded event. */
  get lastEventId(): string | null {
    return this.#entries.at(-1)?.eventId ?? null;
  }

  /** Declares that the session has no history yet: the log then reaches back to the start. */
  setHistoryStart(): void {
    this.#historyStart ??= this.#range.sequence;
  }

  /** Records that all changes of this event are in the log. */
  record(eventId: string): void {
    if (!isUuid(eventId) || this.#sequences.has(eventId)) return;
    const { sequence } = this.#range;
    this.#entries.push({ sequence, eventId });
    this.#sequences.set(eventId, sequence);
  }

  /** Moves positions that name an event which the runtime has lost to `last`, which it kept (S18). */
  remapLost(eventIds: readonly string[], last: string | null): void {
    const lost = new Set(eventIds);
    // An event that is kept needs no replacement; so the replacements cannot form a cycle.
    if (last !== null) {
      lost.delete(last);
      this.#replacements.delete(last);
    }
    for (const id of lost) {
      this.#replacements.set(id, last);
      this.#sequences.delete(id);
    }
    this.#entries = this.#entries.filter(({ eventId }) => !lost.has(eventId));
    this.#revision++;
  }

  /** Returns the event, or the one that stands for it if the runtime has lost it. */
  resolveLost(eventId: string | null): string | null {
    const replacement = eventId === null ? undefined : this.#replacements.get(eventId);
    return replacement === undefined ? eventId : this.resolveLost(replacement);
  }

  /** Returns the newest event at or before a sequence number. */
  findEventId(sequence: number): string | null {
    return this.#entries[findIndexAfter(this.#entries, sequence) - 1]?.eventId ?? null;
  }

  /**
   * Returns where the log continues after a journal event, null standing for the start of the history.
   * Returns undefined when the log does not reach back that far.
   */
  findOffsetAfter(eventId: string | null): LogOffset | undefined {
    const sequence = eventId === null ? this.#historyStart : this.#sequences.get(eventId);
    if (sequence === undefined) return undefined;
    const { floor } = this.#range;
    if (sequence >= floor) return { sequence, journalEventId: eventId };
    // What was evicted after the newest journal event is in no journal: a replay could not restore it.
    return eventId !== null && eventId === this.lastEventId
      ? { sequence: floor, journalEventId: eventId }
      : undefined;
  }

  /** Drops what lies below the floor, except the last event at or below it (S26). */
  evict(): void {
    const last = findIndexAfter(this.#entries, this.#range.floor) - 1;
    const evicted = this.#entries.splice(0, Math.max(last, 0));
    for (const { eventId } of evicted) this.#sequences.delete(eventId);
  }

  clear(): void {
    this.#entries = [];
    this.#sequences.clear();
    this.#replacements.clear();
    this.#historyStart = undefined;
    this.#revision++;
  }
}
