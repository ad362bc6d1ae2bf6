import { ChangesFeed } from './changes-feed.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { EventBase, EventOf, EventType, SessionEvent, StepBody } from './event.ts';
import { Failure } from './failure.ts';
import { follow, type FollowOptions } from './follow.ts';
import { AssembledText, type Sent, type TextKind, type TextOrigin } from './text-assembly.ts';

interface Step {
  readonly origin: StepOrigin;
  readonly body: StepBody;
  readonly weight: number;
}

export interface StepOrigin {
  readonly occurredAt: Date;
  readonly turnMessageId: string | null;
  readonly agentId: string | null;
}

export interface FollowLogOptions extends FollowOptions {
  /** Continue after this position; without it: the texts in flight, then what comes. */
  readonly after?: string | null | undefined;
  readonly types?: readonly EventType[] | null | undefined;
}

const STEP_OVERHEAD_BYTES = 256;

/**
 * The bounded event log of one session. Texts are held once and cut into positional patches for each
 * reader; all other steps are kept as they are. The oldest closed entries go when the log exceeds its limit.
 */
export class SessionLog {
  readonly sessionId: string;
  readonly #epoch: string;
  readonly #feed = new ChangesFeed<Step | AssembledText>();
  readonly #texts = new Map<string, AssembledText>();
  readonly #maxBytes: number;
  #bytes = 0;
  #readers = 0;

  constructor(sessionId: string, options: { readonly epoch: string; readonly maxBytes: number }) {
    this.sessionId = sessionId;
    this.#epoch = options.epoch;
    this.#maxBytes = options.maxBytes;
  }

  get cursor(): string {
    return this.#cursorAt(this.#feed.sequence);
  }

  get readers(): number {
    return this.#readers;
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
    text.changedAt = at;
    this.#bytes += text.length - before;
    this.#feed.touch(text);
    this.#evict();
  }

  *openTexts(): Generator<AssembledText> {
    for (const text of this.#texts.values()) if (text.isOpen) yield text;
  }

  /** The steps that are still held, oldest first. */
  *steps(): Generator<StepBody> {
    for (const entry of this.#feed.entries()) {
      if (!(entry instanceof AssembledText)) yield entry.body;
    }
  }

  /** No event follows. */
  end(): void {
    this.#feed.end();
  }

  /**
   * @throws Failure BAD_USER_INPUT for a foreign or malformed cursor. A position that is no longer held
   * fails the iteration with CURSOR_EXPIRED.
   */
  follow(options: FollowLogOptions = {}): AsyncIterableIterator<SessionEvent> {
    const read = this.#reader(options);
    this.#readers++;
    const onEnd = (): void => {
      this.#readers--;
      options.onEnd?.();
    };
    return follow(this.#feed, read, { ...options, onEnd });
  }

  #reader(options: FollowLogOptions): () => SessionEvent | undefined {
    const wanted = options.types ? new Set(options.types) : undefined;
    const sent = new Map<AssembledText, Sent>();
    const inFlight = options.after == null ? [...this.openTexts()] : [];
    let sequence = options.after == null ? this.#feed.sequence : this.#place(options.after);
    const start = sequence;

    return () => {
      for (let text = inFlight.shift(); text; text = inFlight.shift()) {
        const event = this.#cut(text, sent, start);
        if (event && (!wanted || wanted.has(event.type))) return event;
      }
      if (sequence < this.#feed.floor) throw expired();
      for (let next = this.#feed.after(sequence); next; next = this.#feed.after(sequence)) {
        sequence = next.sequence;
        const event = this.#toEvent(next.entry, sent, sequence);
        if (event && (!wanted || wanted.has(event.type))) return event;
      }
      return undefined;
    };
  }

  #place(cursor: string): number {
    const position = decodeCursor(this.sessionId, cursor);
    return position.epoch === this.#epoch ? position.sequence : -1;
  }

  #toEvent(
    entry: Step | AssembledText,
    sent: Map<AssembledText, Sent>,
    sequence: number,
  ): SessionEvent | undefined {
    if (entry instanceof AssembledText) return this.#cut(entry, sent, sequence);
    return { ...this.#base(entry.origin, sequence), ...entry.body };
  }

  #cut(
    text: AssembledText,
    sent: Map<AssembledText, Sent>,
    sequence: number,
  ): EventOf<'message.delta' | 'tool.output_delta'> | undefined {
    const next = text.patchFor(sent.get(text));
    if (!next) return undefined;
    if (text.isOpen) sent.set(text, next.sent);
    else sent.delete(text);
    const { id, kind } = text.origin;
    const base = this.#base({ ...text.origin, occurredAt: text.changedAt }, sequence);
    const { offset, text: piece } = next.patch;
    if (kind === 'TOOL_OUTPUT' && piece === '') return undefined;
    return kind === 'TOOL_OUTPUT'
      ? { ...base, type: 'tool.output_delta', toolCallId: id, offset, text: piece }
      : { ...base, type: 'message.delta', messageId: id, kind, ...next.patch };
  }

  #base(origin: StepOrigin, sequence: number): EventBase {
    return {
      cursor: this.#cursorAt(sequence),
      sessionId: this.sessionId,
      occurredAt: origin.occurredAt,
      turnMessageId: origin.turnMessageId,
      agentId: origin.agentId,
    };
  }

  #cursorAt(sequence: number): string {
    return encodeCursor(this.sessionId, { epoch: this.#epoch, sequence });
  }

  #evict(): void {
    if (this.#bytes <= this.#maxBytes) return;
    for (const entry of this.#feed.entries()) {
      if (entry instanceof AssembledText && entry.isOpen) continue;
      this.#feed.forget(entry);
      if (entry instanceof AssembledText)
        this.#texts.delete(textKey(entry.origin.kind, entry.origin.id));
      this.#bytes -= entry instanceof AssembledText ? entry.length : entry.weight;
      if (this.#bytes <= this.#maxBytes) return;
    }
  }
}

function textKey(kind: TextKind, id: string): string {
  return `${kind}:${id}`;
}

function expired(): Failure {
  return new Failure(
    'CURSOR_EXPIRED',
    'The position is no longer held: query `cursor` and `messages`, then subscribe again.',
  );
}
