const DEADLINE_MS = 15_000;
/** The number of collected values in the message of a failure. */
const SHOWN = 10;

interface Waiting {
  readonly look: () => void;
}

/**
 * Queues values as they arrive, and returns each of them once. A wait that exceeds the deadline fails with the newest
 * collected values.
 */
export class Collector<T> implements AsyncIterable<T>, AsyncDisposable {
  /** All values, including those that were returned already. */
  readonly collected: T[] = [];
  readonly #waiting = new Set<Waiting>();
  readonly #onReturn: () => void;
  /** Resolves when no more values follow, for any reason. */
  readonly closed: Promise<void>;
  #given = 0;
  #end: { readonly error?: unknown } | undefined;
  #close: () => void = () => undefined;
  #observe: (value: T) => void = () => undefined;

  /** @param onReturn called when the consumer stops reading */
  constructor(onReturn: () => void = () => undefined) {
    this.#onReturn = onReturn;
    this.closed = new Promise((resolve) => {
      this.#close = resolve;
    });
  }

  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  /** The number of values that were returned. */
  get taken(): number {
    return this.#given;
  }

  get error(): unknown {
    return this.#end?.error;
  }

  push(value: T): void {
    if (this.#end) return;
    this.collected.push(value);
    this.#observe(value);
    this.#look();
  }

  /** Calls `observe` for each value, including those that have arrived already. */
  onValue(observe: (value: T) => void): void {
    this.#observe = observe;
    for (const value of this.collected) observe(value);
  }

  /** Ends the values. */
  end(): void {
    this.#endWith({});
  }

  /** Ends the values with an error, with which pending waits fail. */
  fail(error: unknown): void {
    this.#endWith({ error });
  }

  /** Returns the next value that fits, and skips those before it. */
  next(fits: (value: T) => boolean = () => true): Promise<T> {
    return this.#wait('the next value', () => {
      while (this.#given < this.collected.length) {
        const value = this.collected[this.#given++]!;
        if (fits(value)) return { value };
      }
      if (this.#end) throw this.#ending('ended before the value that was waited for');
      return undefined;
    });
  }

  /** Returns the values up to and including the first one that fits. */
  async collectUntil(fits: (value: T) => boolean): Promise<T[]> {
    const from = this.#given;
    await this.next(fits);
    return this.collected.slice(from, this.#given);
  }

  /** Returns all values after the end. */
  collectAll(): Promise<T[]> {
    return this.#wait('the end', () => {
      if (!this.#end) return undefined;
      if ('error' in this.#end) throw this.#ending('failed');
      this.#given = this.collected.length;
      return { value: this.collected };
    });
  }

  /** Returns the error with which the values ended. */
  waitForFailure(): Promise<unknown> {
    return this.#wait('the failure', () => {
      if (!this.#end) return undefined;
      if (!('error' in this.#end)) throw this.#ending('ended without a failure');
      return { value: this.#end.error };
    });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    while (this.#given < this.collected.length || !this.#end) yield await this.next();
  }

  /** Stops reading. */
  return(): void {
    this.end();
    this.#onReturn();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.return();
  }

  #wait<R>(what: string, look: () => { readonly value: R } | undefined): Promise<R> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiting);
        act();
      };
      const waiting: Waiting = {
        look: () => {
          try {
            const found = look();
            if (found) settle(() => resolve(found.value));
          } catch (error: unknown) {
            settle(() => reject(error instanceof Error ? error : new Error(String(error))));
          }
        },
      };
      const timer = setTimeout(() => {
        settle(() => reject(this.#ending(`gave up waiting for ${what} after ${DEADLINE_MS} ms`)));
      }, DEADLINE_MS);
      this.#waiting.add(waiting);
      waiting.look();
    });
  }

  #ending(problem: string): Error {
    const cause = this.#end?.error;
    const newest = JSON.stringify(this.collected.slice(-SHOWN), null, 1);
    return new Error(
      `${problem}${describe(cause)}; collected ${this.collected.length}, the newest: ${newest}`,
      { cause },
    );
  }

  #endWith(end: { readonly error?: unknown }): void {
    this.#end ??= end;
    this.#close();
    this.#look();
  }

  #look(): void {
    for (const { look } of [...this.#waiting]) look();
  }
}

function describe(cause: unknown): string {
  if (cause === undefined) return '';
  return ` (${cause instanceof Error ? cause.message : JSON.stringify(cause)})`;
}
