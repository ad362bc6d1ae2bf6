import type { DeltaKind, DeltaState } from './event.ts';

/** The output of a running tool travels by the same rule as the text of a message. */
export type TextKind = DeltaKind | 'TOOL_OUTPUT';

export interface TextOrigin {
  /** Id of the message, of the reasoning, or of the tool call. */
  readonly id: string;
  readonly kind: TextKind;
  readonly turnMessageId: string | null;
  readonly agentId: string | null;
}

export interface Patch {
  readonly offset: number;
  readonly text: string;
  readonly state: DeltaState;
}

/** What one reader was given of one text. */
export interface Sent {
  readonly length: number;
  readonly generation: number;
}

/**
 * One text, held once, from which the patches of all its readers are cut.
 * Offsets and lengths are UTF-16 code units.
 */
export class AssembledText {
  readonly origin: TextOrigin;
  changedAt: Date;
  /** Pieces as they came: cutting the end of one long string would copy the whole of it for each delta. */
  #pieces: string[] = [];
  #starts: number[] = [];
  #length = 0;
  #state: DeltaState = 'STREAMING';
  /** How much of what was streamed the final text begins with. */
  #common = Number.POSITIVE_INFINITY;
  #generation = 0;

  constructor(origin: TextOrigin, at: Date) {
    this.origin = origin;
    this.changedAt = at;
  }

  get isOpen(): boolean {
    return this.#state === 'STREAMING';
  }

  get length(): number {
    return this.#length;
  }

  get text(): string {
    return this.#slice(0, this.#length);
  }

  append(piece: string): void {
    this.#starts.push(this.#length);
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  /** The text is all of `whole` now: readers get what differs, and those that hold more than is common go back. */
  become(whole: string): void {
    const common = this.#state === 'DISCARDED' ? 0 : commonPrefix(this.text, whole);
    if (this.#state === 'DISCARDED') this.#generation++;
    this.#common = Math.min(this.#common, common);
    this.#pieces = [];
    this.#starts = [];
    this.#length = 0;
    this.append(whole);
    this.#state = 'STREAMING';
  }

  complete(final: string): void {
    this.become(final);
    this.#state = 'COMPLETE';
  }

  discard(): void {
    this.#state = 'DISCARDED';
  }

  /** A retry under the same id starts anew. */
  reopen(): void {
    this.#generation++;
    this.#pieces = [];
    this.#starts = [];
    this.#length = 0;
    this.#common = Number.POSITIVE_INFINITY;
    this.#state = 'STREAMING';
  }

  /** Whether what a reader was given is of the text as it began last. */
  isKnownBy(sent: Sent | undefined): sent is Sent {
    return sent?.generation === this.#generation;
  }

  /** Undefined when the reader has it all. */
  patchFor(sent: Sent | undefined): { patch: Patch; sent: Sent } | undefined {
    const known = this.isKnownBy(sent);
    const offset = known ? Math.min(sent.length, this.#common) : 0;
    const end = this.isOpen ? this.#wholeCharacters() : this.#length;
    const text = this.#state === 'DISCARDED' ? '' : this.#slice(offset, end);
    if (this.isOpen && text === '' && known && offset === sent.length) return undefined;
    return {
      patch: { offset: this.#state === 'DISCARDED' ? 0 : offset, text, state: this.#state },
      sent: { length: offset + text.length, generation: this.#generation },
    };
  }

  /** A patch must not end between the halves of a surrogate pair. */
  #wholeCharacters(): number {
    const last = this.#pieces.at(-1)?.slice(-1) ?? '';
    return isHighSurrogate(last.charCodeAt(0)) ? this.#length - 1 : this.#length;
  }

  #slice(from: number, to: number): string {
    let index = this.#pieces.length - 1;
    while (index > 0 && (this.#starts[index] ?? 0) > from) index--;
    const start = this.#starts[index] ?? 0;
    return this.#pieces
      .slice(Math.max(index, 0))
      .join('')
      .slice(from - start, to - start);
  }
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function commonPrefix(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length > 0 && isHighSurrogate(b.charCodeAt(length - 1)) ? length - 1 : length;
}
