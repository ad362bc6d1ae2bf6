/** More than this a timer cannot wait. */
const MAX_TIMER_MS = 2_147_483_647;

/** A time for each id, at which something is due. */
export class DeadlineTimers {
  readonly #onDue: (id: string) => void;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(due: (id: string) => void) {
    this.#onDue = due;
  }

  set(id: string, at: Date): void {
    this.clear(id);
    const wait = Math.min(Math.max(at.getTime() - Date.now(), 0), MAX_TIMER_MS);
    const timer = setTimeout(() => {
      this.#timers.delete(id);
      if (at.getTime() > Date.now()) this.set(id, at);
      else this.#onDue(id);
    }, wait).unref();
    this.#timers.set(id, timer);
  }

  clear(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  clearAll(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
