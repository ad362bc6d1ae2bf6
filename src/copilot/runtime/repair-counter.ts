import type { Logger } from 'pino';

/** Counts what the runtime had said and its push did not bring. */
export class Repairs {
  readonly #log: Logger;
  #events = 0;
  #texts = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Since the gateway was started. */
  get count(): { readonly events: number; readonly texts: number } {
    return { events: this.#events, texts: this.#texts };
  }

  add(sessionId: string, events: number, texts: number): void {
    if (events === 0 && texts === 0) return;
    this.#events += events;
    this.#texts += texts;
    this.#log.info({ sessionId, events, texts, sinceStart: this.count }, 'stream repaired');
  }
}
