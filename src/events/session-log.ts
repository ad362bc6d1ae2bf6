import { createCursorExpiredError } from '../errors/common-errors.ts';
import { AssembledText, type TextKind, type TextOrigin } from './assembled-text.ts';
import { ChangesFeed } from './changes-feed.ts';
import type { EventType, SessionEvent, StepBody } from './event.ts';
import { EventFactory, type LogEntry, type StepOrigin } from './event-factory.ts';
import { Eviction } from './eviction.ts';
import { FlushClock } from './flush-clock.ts';
import { follow, type FollowOptions } from './follow.ts';
import { JournalIndex } from './journal-index.ts';
import { type CatchUp, LogFollower } from './log-follower.ts';
import { LogPositions } from './log-positions.ts';
import { listOpenTexts, type LogParts, LogReader } from './log-reader.ts';

export interface SessionLogOptions {
  readonly maxBytes: number;
  /** Entries that have not changed for longer are evicted. */
  readonly maxAgeMs: number;
  /** A longer text is not held while it grows, only when it is complete. In UTF-16 code units. */
  readonly maxTextLength: number;
  /** How often the history was rewritten before. */
  readonly rewinds: number;
  readonly catchUp: CatchUp;
}

export interface FollowLogOptions extends FollowOptions {
  /** The cursor to continue from; absent: start with the open texts, then what changes. */
  readonly after?: string | null | undefined;
  readonly types?: readonly EventType[] | null | undefined;
  /** How long text may be held back. */
  readonly maxLatencyMs?: number | undefined;
}

const STEP_OVERHEAD_BYTES = 256;

/**
 * The bounded, in-memory event log of one session. The projections write to it, subscribers follow it.
 *
 *     append, changeText                                 follow
 *           │                                               │ one LogFollower per subscriber
 *           ▼                                               ▼
 *     ChangesFeed   seq  1     2     3     4     5      LogReader at a sequence number
 *       entries          step  text  step  step  text     findNext ──> EventFactory ──> event with cursor
 *                     ─────────┬───────────────────
 *                            floor: evicted below     below the floor, or another epoch:
 *     JournalIndex             a ◄────► 3               catchUp reads the journal, then the log again
 *       journal event id ◄──► sequence
 *
 * 1. There is no entry per delta: a text is held once, and a patch is a slice of it (S1, S2).
 * 2. An open text is never evicted; if it becomes too long, it is frozen (S24).
 * 3. Evicting raises the floor; a reader below it is served from the journal, nothing is skipped (S25).
 * 4. A rewind makes all cursors invalid and ends all readers (S27).
 *
 * The invariants S1.. are those of docs/streaming.md.
 */
export class SessionLog {
  readonly sessionId: string;
  readonly journalIndex: JournalIndex;
  readonly #options: SessionLogOptions;
  readonly #feed = new ChangesFeed<LogEntry>();
  readonly #texts = new Map<string, AssembledText>();
  readonly #positions: LogPositions;
  readonly #parts: LogParts;
  readonly #eviction: Eviction<LogEntry>;
  readonly #clock = new FlushClock();
  #bytes = 0;
  #readerCount = 0;
  #failure: { readonly error: Error } | undefined;

  constructor(sessionId: string, options: SessionLogOptions) {
    const { rewinds } = options;
    this.sessionId = sessionId;
    this.#options = options;
    this.journalIndex = new JournalIndex(this.#feed);
    this.#positions = new LogPositions({ sessionId, rewinds, journalIndex: this.journalIndex });
    this.#parts = {
      feed: this.#feed,
      texts: this.#texts,
      journalIndex: this.journalIndex,
      eventFactory: new EventFactory(sessionId, this.#positions),
    };
    this.#eviction = new Eviction({
      ...options,
      feed: this.#feed,
      isOpen: (entry) => entry instanceof AssembledText && entry.isOpen,
      forget: (entry) => {
        this.#forget(entry);
      },
    });
  }

  /** The cursor of the newest change. */
  get cursor(): string {
    return this.lazyCursor();
  }

  /** Like `cursor`, but encoded when called. */
  get lazyCursor(): () => string {
    return this.#positions.prepareCursor(this.sequence);
  }

  get readerCount(): number {
    return this.#readerCount;
  }

  get rewinds(): number {
    return this.#positions.rewinds;
  }

  /** Sequence number of the newest change. */
  get sequence(): number {
    return this.#feed.sequence;
  }

  append(origin: StepOrigin, body: StepBody): void {
    const step = { origin, body, byteSize: STEP_OVERHEAD_BYTES + JSON.stringify(body).length };
    this.#bytes += step.byteSize;
    this.#feed.touch(step);
    this.#evict();
  }

  findText(kind: TextKind, id: string): AssembledText | undefined {
    return this.#texts.get(createTextKey(kind, id));
  }

  listOpenTexts(): AssembledText[] {
    return listOpenTexts(this.#parts);
  }

  /** Creates an empty text; its first change makes it known to readers. */
  openText(origin: TextOrigin, at: Date): AssembledText {
    const text = new AssembledText(origin, at);
    this.#texts.set(createTextKey(origin.kind, origin.id), text);
    return text;
  }

  /** Applies a change to a text and makes the change known to readers. */
  changeText(text: AssembledText, at: Date, change: (text: AssembledText) => void): void {
    const before = text.length;
    change(text);
    if (text.isOpen && text.length > this.#options.maxTextLength) text.freeze();
    text.changedAt = at;
    this.#bytes += text.length - before;
    this.#feed.touch(text);
    this.#evict();
  }

  /** Lists the steps that were not evicted, oldest first. */
  *listSteps(): Generator<StepBody> {
    for (const entry of this.#feed.listEntries()) if ('body' in entry) yield entry.body;
  }

  /** Forgets everything because the history was rewritten; readers end with CURSOR_EXPIRED. */
  rewind(): void {
    this.#positions.rewind();
    for (const entry of [...this.#feed.listEntries()]) this.#forget(entry);
    this.#feed.notifyReaders();
  }

  /** Ends all present readers with an error; later readers are not affected. */
  fail(error: Error): void {
    this.#failure = { error };
    this.#feed.notifyReaders();
  }

  /** Declares that no event follows; readers end once they have read the log. */
  end(): void {
    this.#feed.end();
  }

  /** Returns the events of all changes after a sequence number. */
  readAfter(sequence: number): SessionEvent[] {
    const reader = new LogReader(this.#parts, { sequence, journalEventId: null });
    const events: SessionEvent[] = [];
    for (let event = reader.read(); event; event = reader.read()) events.push(event);
    return events;
  }

  /**
   * Returns the events from a position on, without end. The iteration fails with CURSOR_EXPIRED when the journal
   * does not have the position, or when the history is rewritten meanwhile.
   *
   * @throws {GatewayError} BAD_USER_INPUT for a malformed cursor or one of another session, CURSOR_EXPIRED for one
   * from before the history was rewritten
   */
  follow(options: FollowLogOptions = {}): AsyncIterableIterator<SessionEvent> {
    const { after, types, maxLatencyMs = 0 } = options;
    const follower = new LogFollower(
      after == null ? null : this.#positions.resolveCursor(after, this.#feed.floor),
      {
        log: this.#parts,
        positions: this.#positions,
        catchUp: this.#options.catchUp,
        clock: this.#clock,
        types,
        maxLatencyMs,
      },
    );
    const { rewinds } = this;
    const earlierFailure = this.#failure;
    const read = (): ReturnType<LogFollower['read']> => {
      if (this.rewinds !== rewinds) throw createCursorExpiredError();
      if (this.#failure && this.#failure !== earlierFailure) throw this.#failure.error;
      return follower.read();
    };
    const onEnd = (): void => {
      this.#readerCount--;
      options.onEnd?.();
    };
    this.#readerCount++;
    return follow(this.#feed, read, { ...options, onEnd });
  }

  #evict(): void {
    const { floor } = this.#feed;
    this.#eviction.evict(() => this.#bytes);
    if (this.#feed.floor !== floor) this.journalIndex.evict();
  }

  #forget(entry: LogEntry): void {
    this.#feed.forget(entry);
    if (entry instanceof AssembledText) {
      this.#texts.delete(createTextKey(entry.origin.kind, entry.origin.id));
      this.#bytes -= entry.length;
    } else {
      this.#bytes -= entry.byteSize;
    }
  }
}

function createTextKey(kind: TextKind, id: string): string {
  return `${kind}:${id}`;
}
