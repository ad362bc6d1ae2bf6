export interface Patch {
  readonly messageId: string;
  readonly kind: string;
  readonly offset: number;
  readonly text: string;
  readonly state: string;
}

/** The streaming texts of one session. */
export class LiveTexts {
  readonly #texts = new Map<string, string>();

  apply({ messageId, kind, offset, text, state }: Patch): void {
    const key = `${kind}:${messageId}`;
    const content = this.#texts.get(key) ?? '';
    if (state === 'DISCARDED') this.#texts.delete(key);
    else this.#texts.set(key, content.slice(0, offset) + text);
  }

  /** @param kind CONTENT or REASONING */
  get(messageId: string, kind = 'CONTENT'): string {
    return this.#texts.get(`${kind}:${messageId}`) ?? '';
  }
}

export interface TextObserver {
  onPatch(patch: Patch): void;
  /** The subscription ended: the gateway rejected it, or the client gave up. */
  onError(error: unknown): void;
}
