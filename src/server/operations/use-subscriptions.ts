import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
} from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';

import type { Context } from '../../resolvers/context.ts';
import {
  expected,
  refusal,
  type ReportFault,
  shuttingDown,
  toClientError,
} from '../../resolvers/errors.ts';
import type { Drain } from './drain.ts';
import { atTime } from './schedule-at.ts';
import { SharedResults } from './shared-execution.ts';

interface LiveSubscriptionsOptions {
  readonly drain: Drain;
  readonly report: (requestId: string) => ReportFault;
}

/**
 * Runs subscriptions: each event is executed once for all that ask the same of it. Counts those that are open,
 * gives their errors the public form, and ends them: with SHUTTING_DOWN when the gateway drains, and at
 * the times that its context names.
 */
export function useLiveSubscriptions(options: LiveSubscriptionsOptions): Plugin<Context> {
  const shared = new SharedResults();
  return {
    onSubscribe: ({ setSubscribeFn }) => {
      setSubscribeFn(async (args: ExecutionArgs) => {
        const context = args.contextValue as Context;
        const leave = taken(context);
        if (typeof leave !== 'function') return leave;
        const source = await sourceOf(args, leave);
        if (!isAsyncIterable(source)) return source;
        return new LiveSubscription(source, { ...options, args, shared, leave });
      });
    },
  };
}

/** @returns what gives the slot back, or the refusal */
function taken(context: Context): (() => void) | ExecutionResult {
  try {
    return context.services.admission.subscriptions.take(context);
  } catch (error) {
    return { errors: [refusal(error, context.requestId)] };
  }
}

async function sourceOf(
  args: ExecutionArgs,
  leave: () => void,
): Promise<ExecutionResult | AsyncIterable<unknown>> {
  let isOpen = false;
  try {
    const source = await createSourceEventStream(args);
    isOpen = isAsyncIterable(source);
    return source;
  } finally {
    if (!isOpen) leave();
  }
}

interface LiveSubscriptionOptions extends LiveSubscriptionsOptions {
  readonly args: ExecutionArgs;
  readonly shared: SharedResults;
  /** Gives the slot back. */
  readonly leave: () => void;
}

type Result = IteratorResult<ExecutionResult, undefined>;

const over: Result = { done: true, value: undefined };

/** Not a generator: its `return()` would wait for the value that is being waited for. */
class LiveSubscription implements AsyncIterableIterator<ExecutionResult> {
  readonly #source: AsyncIterator<unknown>;
  readonly #options: LiveSubscriptionOptions;
  readonly #key: string;
  readonly #takeBack: readonly (() => void)[];
  #ended = false;
  /** What is sent last when it is ended. */
  #last: ExecutionResult | undefined;

  constructor(source: AsyncIterable<unknown>, options: LiveSubscriptionOptions) {
    this.#source = source[Symbol.asyncIterator]();
    this.#options = options;
    this.#key = options.shared.keyOf(options.args);
    this.#context.services.gateway.activeSubscriptions++;
    this.#takeBack = this.#endings();
  }

  get #context(): Context {
    return this.#options.args.contextValue as Context;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<Result> {
    if (this.#ended) return this.#takeLast();
    try {
      const next = await this.#source.next();
      if (next.done) {
        this.#end();
        return this.#takeLast();
      }
      const result = this.#options.shared.execute(this.#options.args, next.value, this.#key);
      // The position moves on with it, also when the drain has begun meanwhile: to leave it out would lose it.
      return this.#give(result instanceof Promise ? await result : result, next.value);
    } catch (error) {
      this.#end();
      throw this.#publicForm(error);
    }
  }

  #takeLast(): Result {
    const value = this.#last;
    this.#last = undefined;
    return value === undefined ? over : { done: false, value };
  }

  #endings(): (() => void)[] {
    const { drain, leave } = this.#options;
    const { requestId, streamEnds } = this.#context;
    const onDrain = drain.onBegin(() => {
      this.#endWith(shuttingDown(requestId));
    });
    const onTime = streamEnds.map(({ at, why }) =>
      atTime(at, () => {
        this.#endWith(expected(why, requestId));
      }),
    );
    return [leave, onDrain, ...onTime];
  }

  #endWith(error: GraphQLError): void {
    this.#last = { errors: [error] };
    this.#end();
    void this.#source.return?.();
  }

  async return(): Promise<Result> {
    this.#end();
    await this.#source.return?.();
    return over;
  }

  #give(result: ExecutionResult, event: unknown): Result {
    const { cursor } = event as { cursor?: unknown };
    if (typeof cursor === 'string') this.#context.position.cursor = cursor;
    if (!result.errors) return { done: false, value: result };
    const errors = result.errors.map((error) => this.#publicForm(error));
    return { done: false, value: { ...result, errors } };
  }

  #publicForm(error: unknown): ReturnType<typeof toClientError> {
    const { requestId } = this.#context;
    return toClientError(error, requestId, this.#options.report(requestId));
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const takeBack of this.#takeBack) takeBack();
    this.#context.services.gateway.activeSubscriptions--;
  }
}
