import { ChangesFeed } from './changes-feed.ts';
import { cursorExpired } from './cursor.ts';
import type { EventType, SessionEvent, StepBody } from './event.ts';
import { Eviction } from './eviction.ts';
import { FlushClock } from './flush-clock.ts';
import { follow, type FollowOptions } from './follow.ts';
import { LogEvents, type Step, type StepOrigin } from './log-events.ts';
import { type CatchUp, LogFollower } from './log-follower.ts';
import { LogPositions } from './log-positions.ts';
import { LogReader, type Place, type ReadableLog } from './log-reader.ts';
import { AssembledText, type Sent, type TextKind, type TextOrigin } from './text-assembly.ts';

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
  readonly #events: LogEvents;
  readonly #eviction: Eviction<Step | AssembledText>;
  readonly #clock = new FlushClock();
  #bytes = 0;
  #readers = 0;
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
    this.#events = new LogEvents(sessionId, (sequence) => this.#positions.cursorAt(sequence));
  }

  get cursor(): string {
    return this.laterCursor();
  }

  /** The same, written when it is asked for. */
  get laterCursor(): () => string {
    return this.#positions.laterCursorAt(this.sequence);
  }

  get readers(): number {
    return this.#readers;
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
  get newestMark(): string | null {
    return this.#positions.newestMark;
  }

  /** The session has no history yet. */
  beginAtStart(): void {
    this.#positions.begin(this.sequence);
  }

  /** All changes of this event of the journal are in the log. */
  mark(eventId: string): void {
    this.#positions.mark(eventId, this.sequence);
  }

  /** The runtime has lost these events of the journal, down to `last`. */
  lose(eventIds: readonly string[], last: string | null): void {
    this.#positions.lose(eventIds, last);
    this.#events.forget();
  }

  /** Where the log goes on after this event of the journal, null for before all; undefined: not in the log. */
  placeOf(eventId: string | null): Place | undefined {
    return this.#positions.placeOf(eventId, this.floor);
  }

  anchorAt(sequence: number): string | null {
    return this.#positions.anchorAt(sequence);
  }

  append(origin: StepOrigin, body: StepBody): void {
    const step = { origin, body, weight: STEP_OVERHEAD_BYTES + JSON.stringify(body).length };
    this.#bytes += step.weight;
    this.#feed.touch(step);
    this.#evict();
  }

  text(kind: TextKind, id: string): AssembledText | undefined {
    return this.#texts.get(textKey(kind, id));
  }

  openText(origin: TextOrigin, at: Date): AssembledText {
    const text = new AssembledText(origin, at);
    this.#texts.set(textKey(origin.kind, origin.id), text);
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

  *openTexts(): Generator<AssembledText> {
    for (const text of this.#texts.values()) if (text.isOpen) yield text;
  }

  /** The history was rewritten: whoever reads must begin anew. */
  rewind(): void {
    this.#positions.rewind();
    this.#events.forget();
    for (const entry of [...this.#feed.entries()]) this.#forget(entry);
    this.#feed.announce();
  }

  /** The steps that are still held, oldest first. */
  *steps(): Generator<StepBody> {
    for (const entry of this.#feed.entries()) if ('body' in entry) yield entry.body;
  }

  /** Whoever reads now is told, and ends; who comes later is not. */
  fail(error: Error): void {
    this.#failure = { error };
    this.#feed.announce();
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
    const start = options.after == null ? null : this.#positions.find(options.after, floor);
    const follower = new LogFollower(start, {
      types: options.types,
      maxLatencyMs: options.maxLatencyMs ?? 0,
      clock: this.#clock,
      catchUp: this.#options.catchUp,
      readerAt: (place) => new LogReader(this, place),
      positionOf: (place) => this.#positions.positionOf(place),
    });
    this.#readers++;
    const onEnd = (): void => {
      this.#readers--;
      options.onEnd?.();
    };
    const read = (): ReturnType<LogFollower['read']> => {
      if (this.rewinds !== rewinds) throw cursorExpired();
      if (this.#failure && this.#failure !== failure) throw this.#failure.error;
      return follower.read();
    };
    return follow(this.#feed, read, { ...options, onEnd });
  }

  after(
    sequence: number,
    sent: Map<AssembledText, Sent>,
  ): { sequence: number; event: SessionEvent | undefined } | undefined {
    const next = this.#feed.after(sequence);
    if (!next) return undefined;
    const { entry } = next;
    const event =
      entry instanceof AssembledText
        ? this.#events.ofText(entry, sent, next.sequence)
        : this.#events.ofStep(entry, next.sequence);
    return { sequence: next.sequence, event };
  }

  isGrowing(sequence: number): boolean {
    const entry = this.#feed.after(sequence)?.entry;
    return entry instanceof AssembledText && entry.isOpen;
  }

  textEvent(
    text: AssembledText,
    sent: Map<AssembledText, Sent>,
    sequence: number,
  ): SessionEvent | undefined {
    return this.#events.ofText(text, sent, sequence);
  }

  #evict(): void {
    const { floor } = this;
    this.#eviction.run(() => this.#bytes);
    if (this.floor !== floor) this.#positions.forgetBefore(this.floor);
  }

  #forget(entry: Step | AssembledText): void {
    this.#feed.forget(entry);
    const isText = entry instanceof AssembledText;
    if (isText) this.#texts.delete(textKey(entry.origin.kind, entry.origin.id));
    this.#bytes -= isText ? entry.length : entry.weight;
  }
}

function textKey(kind: TextKind, id: string): string {
  return `${kind}:${id}`;
}
