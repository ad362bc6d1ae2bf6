import { Backoff } from '../../timing/backoff.ts';

/** The runtime reports a session before it writes it down. Measured: 0.1 s, and 0.7 s on a busy machine. */
const RECHECK_DELAYS_MS = [100, 300, 1_000, 3_000];

interface PendingRecheck {
  readonly timer: NodeJS.Timeout;
  readonly backoff: Backoff;
}

/** Checks a session repeatedly, with growing delays, until the runtime has it. One more check follows after the last delay, because the runtime may have written an older state first. */
export class RecheckScheduler {
  readonly #check: (id: string) => void;
  readonly #pending = new Map<string, PendingRecheck>();
  #isStopped = false;

  constructor(check: (id: string) => void) {
    this.#check = check;
  }

  scheduleNext(id: string, isFound: boolean): void {
    const backoff = this.#pending.get(id)?.backoff ?? new Backoff({ delaysMs: RECHECK_DELAYS_MS });
    if (isFound) backoff.skipToLast();
    this.cancel(id);
    if (backoff.isExhausted || this.#isStopped) return;
    const timer = setTimeout(() => {
      this.#check(id);
    }, backoff.next()).unref();
    this.#pending.set(id, { timer, backoff });
  }

  /** Call when the session was reported again, was deleted, or needs no further check. */
  cancel(id: string): void {
    clearTimeout(this.#pending.get(id)?.timer);
    this.#pending.delete(id);
  }

  /** No check follows, not even one that a running check would schedule. */
  stop(): void {
    this.#isStopped = true;
    for (const { timer } of this.#pending.values()) clearTimeout(timer);
    this.#pending.clear();
  }
}
