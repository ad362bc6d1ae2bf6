/** The runtime tells first and writes down later: seen 0.1 s, and 0.7 s on a busy machine. */
const WAITS_MS = [100, 300, 1_000, 3_000] as const;
const LAST = WAITS_MS.length - 1;

interface Waiting {
  readonly timer: NodeJS.Timeout;
  readonly looks: number;
}

/** Looks that follow the one at a session that was told of: ever later until it is found, then a last one. */
export class LateLooks {
  readonly #look: (id: string) => void;
  readonly #waiting = new Map<string, Waiting>();
  #isStopped = false;

  constructor(look: (id: string) => void) {
    this.#look = look;
  }

  looked(id: string, isFound: boolean): void {
    const done = this.#waiting.get(id)?.looks ?? 0;
    const looks = isFound ? Math.max(done, LAST) : done;
    const wait = WAITS_MS[looks];
    this.forget(id);
    if (wait === undefined || this.#isStopped) return;
    const timer = setTimeout(() => {
      this.#look(id);
    }, wait).unref();
    this.#waiting.set(id, { timer, looks: looks + 1 });
  }

  /** It is told of anew, or gone, or all is known of it. */
  forget(id: string): void {
    clearTimeout(this.#waiting.get(id)?.timer);
    this.#waiting.delete(id);
  }

  /** No look follows, also not after one that is under way. */
  stop(): void {
    this.#isStopped = true;
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }
}
