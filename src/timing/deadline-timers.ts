import { scheduleAt } from './schedule-at.ts';

/** Timers by id, each at a date; setting one replaces the earlier timer of that id. */
export class DeadlineTimers {
  readonly #onDue: (id: string) => void;
  readonly #cancels = new Map<string, () => void>();

  constructor(onDue: (id: string) => void) {
    this.#onDue = onDue;
  }

  set(id: string, at: Date): void {
    this.clear(id);
    const cancel = scheduleAt(at.getTime(), () => {
      this.#cancels.delete(id);
      this.#onDue(id);
    });
    this.#cancels.set(id, cancel);
  }

  clear(id: string): void {
    this.#cancels.get(id)?.();
    this.#cancels.delete(id);
  }

  clearAll(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }
}
