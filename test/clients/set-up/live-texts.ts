export interface Patch {
  readonly messageId: string;
  readonly kind: string;
  readonly offset: number;
  readonly text: string;
  readonly state: string;
}

/** The texts of one session as they are written. */
export class LiveTexts {
  readonly #texts = new Map<string, string>();

  take({ messageId, kind, offset, text, state }: Patch): void {
    const key = `${kind}:${messageId}`;
    const content = this.#texts.get(key) ?? '';
    if (state === 'DISCARDED') this.#texts.delete(key);
    else this.#texts.set(key, content.slice(0, offset) + text);
  }

  /** @param kind CONTENT, or REASONING: what the model thought */
  of(messageId: string, kind = 'CONTENT'): string {
    return this.#texts.get(`${kind}:${messageId}`) ?? '';
  }
}

export interface TextReader {
  take(patch: Patch): void;
  /** The subscription has ended: the gateway refused it, or the client gave up. */
  fail(error: unknown): void;
}
