import type { DeltaKind, DeltaState } from './event.ts';
import { Rewrites } from './rewrites.ts';

/** Output of a running tool is merged by the same rule as the text of a message. */
export type TextKind = DeltaKind | 'TOOL_OUTPUT';

export interface TextOrigin {
  /** Id of the message, the reasoning or the tool call. */
  readonly id: string;
  readonly kind: TextKind;
  readonly turnMessageId: string | null;
  readonly agentId: string | null;
}

export interface TextPatch {
  readonly offset: number;
  readonly text: string;
  readonly state: DeltaState;
}

/** What one reader holds of one text: the state after the last patch that it was sent. */
export interface SentState {
  readonly length: number;
  readonly generation: number;
  /** How often the text had been replaced. */
  readonly revision: number;
}

/**
 * One growing text, held once; the patches of all readers are slices of it. Offsets and lengths are UTF-16
 * code units. The rule to merge patches and the invariants S1 to S4 are in docs/streaming.md.
 *
 *     STREAMING ── complete ──> COMPLETE         generation: restarts from nothing (reopen, after freeze or discard)
 *         │  └──── freeze ────> frozen: holds    revision:   replacements by another text (replaceWith)
 *         └─────── discard ───> DISCARDED        nothing until complete
 */
export class AssembledText {
  readonly origin: TextOrigin;
  changedAt: Date;
  /** Kept in pieces: to slice the end of one long string would copy the whole string for each delta. */
  #pieces: string[] = [];
  #starts: number[] = [];
  #length = 0;
  #state: DeltaState = 'STREAMING';
  #rewrites = new Rewrites();
  #generation = 0;
  #isFrozen = false;

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

  /** Whether the text is not held until it is complete; readers then get it whole. */
  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  /** Frees the memory of a text that is too long to be held while it grows (S24). */
  freeze(): void {
    this.#isFrozen = true;
    this.#clear();
  }

  append(piece: string): void {
    if (this.#isFrozen) return;
    this.#starts.push(this.#length);
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  /** Replaces the text: readers continue at the common prefix, and those that hold more go back to it. */
  replaceWith(whole: string): void {
    if (this.#isFrozen) return;
    if (this.#state === 'DISCARDED') this.#generation++;
    else this.#rewrites.add(measureCommonPrefix(this.text, whole));
    this.#clear();
    this.append(whole);
    this.#state = 'STREAMING';
  }

  complete(final: string): void {
    if (this.#isFrozen) this.reopen();
    this.replaceWith(final);
    this.#state = 'COMPLETE';
  }

  discard(): void {
    this.#state = 'DISCARDED';
  }

  /** Starts again from nothing, for a retry under the same id. */
  reopen(): void {
    this.#generation++;
    this.#isFrozen = false;
    this.#clear();
    this.#rewrites = new Rewrites();
    this.#state = 'STREAMING';
  }

  /** Returns where the next patch of a reader begins; undefined when the reader holds nothing of the text. */
  findPatchOffset(sent: SentState | undefined): number | undefined {
    if (sent?.generation !== this.#generation) return undefined;
    return Math.min(sent.length, this.#rewrites.computeCommonLength(sent.revision));
  }

  /** Returns undefined when the reader holds the whole text. */
  createPatch(sent: SentState | undefined): { patch: TextPatch; sent: SentState } | undefined {
    const known = this.findPatchOffset(sent);
    const offset = known ?? 0;
    const text = this.#sliceSendable(offset);
    const isNews = text !== '' || known === undefined || known !== sent?.length;
    if (this.isOpen && (this.#isFrozen || !isNews)) return undefined;
    return {
      patch: { offset: this.#state === 'DISCARDED' ? 0 : offset, text, state: this.#state },
      sent: {
        length: offset + text.length,
        generation: this.#generation,
        revision: this.#rewrites.count,
      },
    };
  }

  #sliceSendable(offset: number): string {
    if (this.#state === 'DISCARDED') return '';
    return this.#slice(offset, this.isOpen ? this.#measureWholeCharacters() : this.#length);
  }

  #clear(): void {
    this.#pieces = [];
    this.#starts = [];
    this.#length = 0;
  }

  /** Returns the length without a trailing high surrogate: no patch ends within a surrogate pair (S4). */
  #measureWholeCharacters(): number {
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

function measureCommonPrefix(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length > 0 && isHighSurrogate(b.charCodeAt(length - 1)) ? length - 1 : length;
}
