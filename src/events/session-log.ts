import { createCursorExpiredError } from '../errors/common-errors.ts';
import { AssembledText, type SentState, type TextKind, type TextOrigin } from './assembled-text.ts';
import { ChangesFeed } from './changes-feed.ts';
import type { EventType, SessionEvent, StepBody } from './event.ts';
import { EventFactory, type Step, type StepOrigin } from './event-factory.ts';
import { Eviction } from './eviction.ts';
import { FlushClock } from './flush-clock.ts';
import { follow, type FollowOptions } from './follow.ts';
import { type CatchUp, LogFollower } from './log-follower.ts';
import { LogPositions } from './log-positions.ts';
import { type LogOffset, LogReader, type ReadableLog } from './log-reader.ts';

export interface SessionLogOptions {
  readonly maxBytes: number;
  /** What has not changed for longer goes with a later change. */
  readonly maxAgeMs: number;
  /** A text that grows longer while it is written is held again when it is complete. In UTF-16 code units. */
  readonly maxTextLength: number;
  /** How often the history was rewritten before. */
  readonly rewinds: number;
  readonly catchUp: CatchUp;
}

export interface FollowLogOptions extends FollowOptions {
  /** Continue after this position; without it: the texts in flight, then what comes. */
  readonly after?: string | null | undefined;
  readonly types?: readonly EventType[] | null | undefined;
  /** Text may be held back up to this long. */
  readonly maxLatencyMs?: number | undefined;
}

const STEP_OVERHEAD_BYTES = 256;

/**
 * The bounded event log of one session. Texts are held once and cut into positional patches for each reader. The
 * oldest closed entries go when it exceeds its limit; what a reader lacks of them comes from the runtime's journal.
 */
export class SessionLog implements ReadableLog {
  readonly sessionId: string;
  readonly #options: SessionLogOptions;
  readonly #feed = new ChangesFeed<Step | AssembledText>();
  readonly #texts = new Map<string, AssembledText>();
  readonly #positions: LogPositions;
  readonly #eventFactory: EventFactory;
  readonly #eviction: Eviction<Step | AssembledText>;
  readonly #clock = new FlushClock();
  #bytes = 0;
  #readerCount = 0;
  #failure: { readonly error: Error } | undefined;

  constructor(sessionId: string, options: SessionLogOptions) {
    this.sessionId = sessionId;
    this.#options = options;
    this.#eviction = new Eviction({
      ...options,
      feed: this.#feed,
      isOpen: (entry) => entry instanceof AssembledText && entry.isOpen,
      forget: (entry) => {
        this.#forget(entry);
      },
    });
    this.#positions = new LogPositions(sessionId, options.rewinds);
    this.#eventFactory = new EventFactory(sessionId, (sequence) =>
      this.#positions.encodeCursor(sequence),
    );
  }

  get cursor(): string {
    return this.lazyCursor();
  }

  /** The same, written when it is asked for. */
  get lazyCursor(): () => string {
    return this.#positions.prepareCursor(this.sequence);
  }

  get readerCount(): number {
    return this.#readerCount;
  }

  get rewinds(): number {
    return this.#positions.rewinds;
  }

  get sequence(): number {
    return this.#feed.sequence;
  }

  get floor(): number {
    return this.#feed.floor;
  }

  /** The newest event of the journal that the log has taken in. */
  get lastJournalEventId(): string | null {
    return this.#positions.lastJournalEventId;
  }

  /** The session has no history yet. */
  setHistoryStart(): void {
    this.#positions.setHistoryStart(this.sequence);
  }

  /** All changes of this event of the journal are in the log. */
  recordJournalEvent(eventId: string): void {
    this.#positions.recordJournalEvent(eventId, this.sequence);
  }

  /** The runtime has lost these events of the journal, down to `last`. */
  remapLostEvents(eventIds: readonly string[], last: string | null): void {
    this.#positions.remapLostEvents(eventIds, last);
    this.#eventFactory.clearCache();
  }

  /** Where the log goes on after this event of the journal, null for before all; undefined: not in the log. */
  findOffsetAfter(eventId: string | null): LogOffset | undefined {
    return this.#positions.findOffsetAfter(eventId, this.floor);
  }

  findJournalEventId(sequence: number): string | null {
    return this.#positions.findJournalEventId(sequence);
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

  openText(origin: TextOrigin, at: Date): AssembledText {
    const text = new AssembledText(origin, at);
    this.#texts.set(createTextKey(origin.kind, origin.id), text);
    return text;
  }

  /** Makes a change of a text known to its readers. */
  changeText(text: AssembledText, at: Date, change: (text: AssembledText) => void): void {
    const before = text.length;
    change(text);
    if (text.isOpen && text.length > this.#options.maxTextLength) text.freeze();
    text.changedAt = at;
    this.#bytes += text.length - before;
    this.#feed.touch(text);
    this.#evict();
  }

  *listOpenTexts(): Generator<AssembledText> {
    for (const text of this.#texts.values()) if (text.isOpen) yield text;
  }

  /** The history was rewritten: whoever reads must begin anew. */
  rewind(): void {
    this.#positions.rewind();
    this.#eventFactory.clearCache();
    for (const entry of [...this.#feed.listEntries()]) this.#forget(entry);
    this.#feed.notifyReaders();
  }

  /** The steps that are still held, oldest first. */
  *listSteps(): Generator<StepBody> {
    for (const entry of this.#feed.listEntries()) if ('body' in entry) yield entry.body;
  }

  /** Whoever reads now is told, and ends; who comes later is not. */
  fail(error: Error): void {
    this.#failure = { error };
    this.#feed.notifyReaders();
  }

  /** No event follows. */
  end(): void {
    this.#feed.end();
  }

  /**
   * @throws Failure BAD_USER_INPUT for a foreign or malformed cursor, CURSOR_EXPIRED for one from before the
   * history was rewritten. One that nothing leads on from fails the iteration with CURSOR_EXPIRED.
   */
  follow(options: FollowLogOptions = {}): AsyncIterableIterator<SessionEvent> {
    const { rewinds, floor } = this;
    const failure = this.#failure;
    const start =
      options.after == null ? null : this.#positions.resolveCursor(options.after, floor);
    const follower = new LogFollower(start, {
      types: options.types,
      maxLatencyMs: options.maxLatencyMs ?? 0,
      clock: this.#clock,
      catchUp: this.#options.catchUp,
      createReader: (place) => new LogReader(this, place),
      toStreamPosition: (place) => this.#positions.toStreamPosition(place),
    });
    this.#readerCount++;
    const onEnd = (): void => {
      this.#readerCount--;
      options.onEnd?.();
    };
    const read = (): ReturnType<LogFollower['read']> => {
      if (this.rewinds !== rewinds) throw createCursorExpiredError();
      if (this.#failure && this.#failure !== failure) throw this.#failure.error;
      return follower.read();
    };
    return follow(this.#feed, read, { ...options, onEnd });
  }

  findNextEvent(
    sequence: number,
    sent: Map<AssembledText, SentState>,
  ): { sequence: number; event: SessionEvent | undefined } | undefined {
    const next = this.#feed.findNext(sequence);
    if (!next) return undefined;
    const { entry } = next;
    const event =
      entry instanceof AssembledText
        ? this.#eventFactory.createTextEvent(entry, sent, next.sequence)
        : this.#eventFactory.createStepEvent(entry, next.sequence);
    return { sequence: next.sequence, event };
  }

  isGrowing(sequence: number): boolean {
    const entry = this.#feed.findNext(sequence)?.entry;
    return entry instanceof AssembledText && entry.isOpen;
  }

  createTextEvent(
    text: AssembledText,
    sent: Map<AssembledText, SentState>,
    sequence: number,
  ): SessionEvent | undefined {
    return this.#eventFactory.createTextEvent(text, sent, sequence);
  }

  #evict(): void {
    const { floor } = this;
    this.#eviction.evict(() => this.#bytes);
    if (this.floor !== floor) this.#positions.forgetBefore(this.floor);
  }

  #forget(entry: Step | AssembledText): void {
    this.#feed.forget(entry);
    const isText = entry instanceof AssembledText;
    if (isText) this.#texts.delete(createTextKey(entry.origin.kind, entry.origin.id));
    this.#bytes -= isText ? entry.length : entry.byteSize;
  }
}

function createTextKey(kind: TextKind, id: string): string {
  return `${kind}:${id}`;
}
