import type { Logger } from 'pino';

const REMEMBERED = 200;

/** What the runtime has sent that the gateway does not know. Only types are kept: such events carry whole prompts. */
export class UnknownEvents {
  readonly #log: Logger;
  readonly #counts = new Map<string, number>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** By type. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  add(type: string): void {
    const known = this.#counts.get(type);
    if (known === undefined && this.#counts.size >= REMEMBERED) return;
    this.#counts.set(type, (known ?? 0) + 1);
    if (known === undefined) this.#log.debug({ type }, 'unknown events of the runtime');
  }
}
