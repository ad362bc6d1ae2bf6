import type { ChangesFeed } from './changes-feed.ts';

export interface FollowOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once, when the reader returns, is aborted or fails, or when the feed has ended. */
  readonly onEnd?: (() => void) | undefined;
}

/** Returns a promise when the next value has to be fetched. */
export type ReadNext<T> = () => T | undefined | Promise<T | undefined>;

/**
 * Reads a feed to its end and waits for changes in between. A reader waits without a timer.
 *
 * @param read returns the next value and advances the reader's position; undefined when the reader is up to date
 */
export function follow<E extends object, T>(
  feed: ChangesFeed<E>,
  read: ReadNext<T>,
  options: FollowOptions = {},
): AsyncIterableIterator<T> {
  return new FeedIterator(feed, read, options);
}

interface PendingNext<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Not an async generator: those queue `return()` behind the pending `next()`, so a reader that left
 * while it waited would stay until the next change. There are many readers of many small changes; here each
 * value costs one promise.
 */
class FeedIterator<E extends object, T> implements AsyncIterableIterator<T> {
  readonly #feed: ChangesFeed<E>;
  readonly #read: ReadNext<T>;
  readonly #options: FollowOptions;
  #hasEnded = false;
  /** The call of `next()` that waits for a value. */
  #pendingNext: PendingNext<T> | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(feed: ChangesFeed<E>, read: ReadNext<T>, options: FollowOptions) {
    this.#feed = feed;
    this.#read = read;
    this.#options = options;
    options.signal?.addEventListener('abort', this.#end);
    if (options.signal?.aborted) this.#end();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Must not be called while another call is pending. */
  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#hasEnded) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.#pendingNext = { resolve, reject };
      this.#checkFeed();
    });
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#end();
    return Promise.resolve({ done: true, value: undefined });
  }

  readonly #checkFeed = (): void => {
    if (!this.#pendingNext) return;
    const { sequence } = this.#feed;
    try {
      const value = this.#read();
      if (value instanceof Promise) {
        value.then((late) => {
          this.#handleValue(late, sequence);
        }, this.#fail);
      } else this.#handleValue(value, sequence);
    } catch (error) {
      this.#fail(error);
    }
  };

  /** @param sequence of the feed before the read: a change during the read must not be missed */
  #handleValue(value: T | undefined, sequence: number): void {
    if (value !== undefined) this.#resolveNext({ done: false, value });
    else if (this.#feed.sequence !== sequence) this.#checkFeed();
    else if (this.#feed.hasEnded) this.#end();
    else if (this.#pendingNext) this.#unsubscribe = this.#feed.subscribeOnce(this.#checkFeed);
  }

  #resolveNext(result: IteratorResult<T, undefined>): void {
    const request = this.#pendingNext;
    this.#pendingNext = undefined;
    request?.resolve(result);
  }

  readonly #fail = (error: unknown): void => {
    const request = this.#pendingNext;
    this.#pendingNext = undefined;
    this.#end();
    request?.reject(error);
  };

  readonly #end = (): void => {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#options.signal?.removeEventListener('abort', this.#end);
    this.#unsubscribe?.();
    this.#resolveNext({ done: true, value: undefined });
    this.#options.onEnd?.();
  };
}
