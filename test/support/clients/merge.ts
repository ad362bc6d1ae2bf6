export interface Delta {
  readonly messageId: string;
  readonly kind: string;
  readonly offset: number;
  readonly text: string;
  readonly state: string;
}

/** All that a client needs to know of `messageDelta`. */
export class MergedTexts {
  readonly #texts = new Map<string, string>();

  constructor(deltas: Iterable<Delta> = []) {
    for (const delta of deltas) this.apply(delta);
  }

  apply({ messageId, kind, offset, text, state }: Delta): void {
    const key = `${kind}:${messageId}`;
    if (state === 'DISCARDED') {
      this.#texts.delete(key);
      return;
    }
    const content = this.#texts.get(key) ?? '';
    if (offset > content.length) {
      throw new Error(`a gap: offset ${offset} in "${content}" of ${content.length} for "${text}"`);
    }
    this.#texts.set(key, content.slice(0, offset) + text);
  }

  get(messageId: string, kind = 'CONTENT'): string | undefined {
    return this.#texts.get(`${kind}:${messageId}`);
  }

  /** Of all texts, in the order in which they began. */
  get contents(): string[] {
    return [...this.#texts.values()];
  }

  /** Of the only text of this kind. */
  getOnly(kind = 'CONTENT'): string {
    const texts = [...this.#texts].filter(([key]) => key.startsWith(`${kind}:`));
    if (texts.length !== 1) throw new Error(`${texts.length} texts instead of one`);
    return texts[0]![1];
  }
}
