import type { ChangesFeed } from './changes-feed.ts';

export interface FollowOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once, when the reader leaves or the feed has ended. */
  readonly onEnd?: (() => void) | undefined;
}

/** May take its time when what comes next has to be fetched. */
export type Read<T> = () => T | undefined | Promise<T | undefined>;

/**
 * Reads a feed to its end, waiting for changes in between.
 *
 * @param read gives the next value and moves the reader's own position, or undefined when it is caught up
 */
export function follow<E extends object, T>(
  feed: ChangesFeed<E>,
  read: Read<T>,
  options: FollowOptions = {},
): AsyncIterableIterator<T> {
  return new FeedReader(feed, read, options);
}

interface Request<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Not an async generator: those queue `return()` behind the pending `next()`, so a reader that left
 * while it waited would stay until the next change. And there are many readers of many small changes: each
 * value costs one promise.
 */
class FeedReader<E extends object, T> implements AsyncIterableIterator<T> {
  readonly #feed: ChangesFeed<E>;
  readonly #read: Read<T>;
  readonly #options: FollowOptions;
  #ended = false;
  /** The `next()` that waits. */
  #request: Request<T> | undefined;
  #takeBack: (() => void) | undefined;

  constructor(feed: ChangesFeed<E>, read: Read<T>, options: FollowOptions) {
    this.#feed = feed;
    this.#read = read;
    this.#options = options;
    options.signal?.addEventListener('abort', this.#end);
    if (options.signal?.aborted) this.#end();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** One at a time. */
  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.#request = { resolve, reject };
      this.#look();
    });
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#end();
    return Promise.resolve({ done: true, value: undefined });
  }

  readonly #look = (): void => {
    if (!this.#request) return;
    const { sequence } = this.#feed;
    try {
      const value = this.#read();
      if (value instanceof Promise) {
        value.then((late) => {
          this.#take(late, sequence);
        }, this.#fail);
      } else this.#take(value, sequence);
    } catch (error) {
      this.#fail(error);
    }
  };

  /** @param sequence of the feed when it was read */
  #take(value: T | undefined, sequence: number): void {
    if (value !== undefined) this.#settle({ done: false, value });
    else if (this.#feed.sequence !== sequence) this.#look();
    else if (this.#feed.ended) this.#end();
    else if (this.#request) this.#takeBack = this.#feed.onNextChange(this.#look);
  }

  #settle(result: IteratorResult<T, undefined>): void {
    const request = this.#request;
    this.#request = undefined;
    request?.resolve(result);
  }

  readonly #fail = (error: unknown): void => {
    const request = this.#request;
    this.#request = undefined;
    this.#end();
    request?.reject(error);
  };

  readonly #end = (): void => {
    if (this.#ended) return;
    this.#ended = true;
    this.#options.signal?.removeEventListener('abort', this.#end);
    this.#takeBack?.();
    this.#settle({ done: true, value: undefined });
    this.#options.onEnd?.();
  };
}
