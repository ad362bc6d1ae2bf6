import { isAsyncIterable, type Plugin } from 'graphql-yoga';

import type { Context } from '../resolvers/context.ts';
import { shuttingDown } from '../resolvers/errors.ts';
import type { Drain } from './drain.ts';

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
          setResult(new LiveSubscription(result, { drain, last, onEnd }) as never);
        },
      };
    },
  };
}

interface LiveSubscriptionOptions {
  readonly drain: Drain;
  /** What is sent last when the gateway drains. */
  readonly last: unknown;
  readonly onEnd: () => void;
}

type Result = IteratorResult<unknown, undefined>;

/** Not a generator: its `return()` would wait for the value that is being waited for. */
class LiveSubscription implements AsyncIterableIterator<unknown> {
  readonly #source: AsyncIterator<unknown>;
  readonly #onEnd: () => void;
  readonly #takeBack: () => void;
  #ended = false;
  /** For a reader that was not waiting when the gateway began to drain. */
  #last: unknown;
  #interrupt: ((result: Result) => void) | undefined;

  constructor(source: AsyncIterable<unknown>, { drain, last, onEnd }: LiveSubscriptionOptions) {
    this.#source = source[Symbol.asyncIterator]();
    this.#onEnd = onEnd;
    this.#takeBack = drain.onBegin(() => {
      this.#end();
      void this.#source.return?.();
      if (this.#interrupt) this.#interrupt({ done: false, value: last });
      else this.#last = last;
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Result> {
    if (this.#last !== undefined) return Promise.resolve(this.#takeLast());
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.#interrupt = resolve;
      this.#advance()
        .finally(() => {
          this.#interrupt = undefined;
        })
        .then(resolve, reject);
    });
  }

  #takeLast(): Result {
    const value = this.#last;
    this.#last = undefined;
    return { done: false, value };
  }

  async return(): Promise<Result> {
    this.#end();
    await this.#source.return?.();
    return { done: true, value: undefined };
  }

  async #advance(): Promise<Result> {
    try {
      const result = await this.#source.next();
      if (!result.done) return { done: false, value: result.value };
      this.#end();
      return { done: true, value: undefined };
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#takeBack();
    this.#onEnd();
  }
}
