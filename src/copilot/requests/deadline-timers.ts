import { scheduleAt } from '../../timing/schedule-at.ts';

/** A time for each id, at which something is due. */
export class DeadlineTimers {
  readonly #onDue: (id: string) => void;
  readonly #cancels = new Map<string, () => void>();

  constructor(due: (id: string) => void) {
    this.#onDue = due;
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
