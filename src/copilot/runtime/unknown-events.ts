import type { Logger } from 'pino';

const MAX_TYPES = 200;

/** Counts events of the runtime that the gateway does not know. Keeps only their types: such events carry whole prompts. */
export class UnknownEvents {
  readonly #logger: Logger;
  readonly #counts = new Map<string, number>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Counts by type. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  increment(type: string): void {
    const known = this.#counts.get(type);
    if (known === undefined && this.#counts.size >= MAX_TYPES) return;
    this.#counts.set(type, (known ?? 0) + 1);
    if (known === undefined) this.#logger.debug({ type }, 'unknown event type of the runtime');
  }
}
