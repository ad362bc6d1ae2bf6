import type { Logger } from 'pino';

/** Counts events and texts that the runtime has and did not push. */
export class RepairCounter {
  readonly #logger: Logger;
  #events = 0;
  #texts = 0;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Counts since the gateway was started. */
  get totals(): { readonly events: number; readonly texts: number } {
    return { events: this.#events, texts: this.#texts };
  }

  add(sessionId: string, events: number, texts: number): void {
    if (events === 0 && texts === 0) return;
    this.#events += events;
    this.#texts += texts;
    this.#logger.info({ sessionId, events, texts, sinceStart: this.totals }, 'stream repaired');
  }
}
