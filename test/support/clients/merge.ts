export interface Delta {
  readonly messageId: string;
  readonly kind: string;
  readonly offset: number;
  readonly text: string;
  readonly state: string;
}

/** Merges deltas into texts, by the rule that clients follow for `messageDelta`. */
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
      throw new Error(
        `gap: "${text}" at offset ${offset}, after ${content.length} characters: "${content}"`,
      );
    }
    this.#texts.set(key, content.slice(0, offset) + text);
  }

  get(messageId: string, kind = 'CONTENT'): string | undefined {
    return this.#texts.get(`${kind}:${messageId}`);
  }

  /** The content of all texts, in the order of their first delta. */
  get contents(): string[] {
    return [...this.#texts.values()];
  }

  /** Returns the content of the only text of a kind. */
  getOnly(kind = 'CONTENT'): string {
    const texts = [...this.#texts].filter(([key]) => key.startsWith(`${kind}:`));
    if (texts.length !== 1)
      throw new Error(`expected one text of kind ${kind}, got ${texts.length}`);
    return texts[0]![1];
  }
}
