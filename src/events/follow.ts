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

/**
 * Not an async generator: those queue `return()` behind the pending `next()`, so a reader that left
 * while it waited would stay until the next change.
 */
class FeedReader<E extends object, T> implements AsyncIterableIterator<T> {
  readonly #feed: ChangesFeed<E>;
  readonly #read: Read<T>;
  readonly #options: FollowOptions;
  #ended = false;
  #wake: (() => void) | undefined;

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

  async next(): Promise<IteratorResult<T, undefined>> {
    while (!this.#ended) {
      const value = await this.#readOrWait();
      if (value !== undefined) return { done: false, value };
    }
    return { done: true, value: undefined };
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#end();
    return Promise.resolve({ done: true, value: undefined });
  }

  readonly #end = (): void => {
    if (this.#ended) return;
    this.#ended = true;
    this.#options.signal?.removeEventListener('abort', this.#end);
    this.#wake?.();
    this.#options.onEnd?.();
  };

  /** Undefined: read again, unless ended. */
  async #readOrWait(): Promise<T | undefined> {
    const { sequence } = this.#feed;
    const value = await this.#readOrEnd();
    if (value !== undefined || this.#feed.sequence !== sequence) return value;
    if (this.#feed.ended) this.#end();
    else if (!this.#ended) await this.#changed();
    return undefined;
  }

  async #readOrEnd(): Promise<T | undefined> {
    try {
      const value = this.#read();
      return value instanceof Promise ? await this.#unlessEnded(value) : value;
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  #unlessEnded(value: Promise<T | undefined>): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      this.#wake = () => {
        resolve(undefined);
      };
      value.then(resolve, reject);
    });
  }

  #changed(): Promise<void> {
    return new Promise((resolve) => {
      const takeBack = this.#feed.onNextChange(resolve);
      this.#wake = () => {
        takeBack();
        resolve();
      };
    });
  }
}
