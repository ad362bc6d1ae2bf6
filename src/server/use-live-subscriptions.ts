import { isAsyncIterable, type Plugin } from 'graphql-yoga';

import type { Context } from '../resolvers/context.ts';
import { shuttingDown } from '../resolvers/errors.ts';
import type { Drain } from './drain.ts';

type Source = AsyncIterable<unknown>;

/** Counts the subscriptions that are open, and ends them with SHUTTING_DOWN when the gateway drains. */
export function useLiveSubscriptions(drain: Drain): Plugin<Context> {
  return {
    onSubscribe: ({ args }) => {
      const { services, requestId } = args.contextValue as unknown as Context;
      return {
        onSubscribeResult: ({ result, setResult }) => {
          if (!isAsyncIterable(result)) return;
          services.gateway.activeSubscriptions++;
          const onEnd = (): void => {
            services.gateway.activeSubscriptions--;
          };
          const last = { errors: [shuttingDown(requestId)] };
          setResult(endedByDrain(result, { drain, last, onEnd }) as never);
        },
      };
    },
  };
}

interface EndOptions {
  readonly drain: Drain;
  readonly last: unknown;
  readonly onEnd: () => void;
}

/** Not a generator: its `return()` would wait for the value that is being waited for. */
function endedByDrain(
  source: Source,
  { drain, last, onEnd }: EndOptions,
): AsyncIterableIterator<unknown> {
  const iterator = source[Symbol.asyncIterator]();
  let ended = false;
  let interrupt: ((value: IteratorResult<unknown>) => void) | undefined;

  const end = (): void => {
    if (ended) return;
    ended = true;
    takeBack();
    onEnd();
  };
  const takeBack = drain.onBegin(() => {
    end();
    void iterator.return?.();
    interrupt?.({ done: false, value: last });
  });

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      if (ended) return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve, reject) => {
        interrupt = resolve;
        iterator.next().then(
          (result) => {
            if (result.done) end();
            resolve(result);
          },
          (error: unknown) => {
            end();
            reject(error instanceof Error ? error : new Error(String(error)));
          },
        );
      });
    },
    async return() {
      end();
      await iterator.return?.();
      return { done: true, value: undefined };
    },
  };
}
