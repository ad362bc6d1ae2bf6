import type { ChangesFeed } from './changes-feed.ts';

export interface FollowOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once, when the reader leaves or the feed has ended. */
  readonly onEnd?: (() => void) | undefined;
}

/**
 * Reads a feed to its end, waiting for changes in between.
 * Not an async generator: those queue `return()` behind the pending `next()`, so a reader that left
 * while it waited would stay until the next change.
 *
 * @param read gives the next value and moves the reader's own position, or undefined when it is caught up
 */
export function follow<E extends object, T>(
  feed: ChangesFeed<E>,
  read: () => T | undefined,
  options: FollowOptions = {},
): AsyncIterableIterator<T> {
  let ended = false;
  let wake: (() => void) | undefined;

  const end = (): void => {
    if (ended) return;
    ended = true;
    options.signal?.removeEventListener('abort', end);
    wake?.();
    options.onEnd?.();
  };

  const changed = (): Promise<void> =>
    new Promise((resolve) => {
      const takeBack = feed.onNextChange(resolve);
      wake = () => {
        takeBack();
        resolve();
      };
    });

  const readOrEnd = (): T | undefined => {
    try {
      return read();
    } catch (error) {
      end();
      throw error;
    }
  };

  options.signal?.addEventListener('abort', end);
  if (options.signal?.aborted) end();

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      while (!ended) {
        const value = readOrEnd();
        if (value !== undefined) return { done: false, value };
        if (feed.ended) end();
        else await changed();
      }
      return { done: true, value: undefined };
    },
    return() {
      end();
      return Promise.resolve({ done: true, value: undefined });
    },
    throw(error: unknown) {
      end();
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    },
  };
}
