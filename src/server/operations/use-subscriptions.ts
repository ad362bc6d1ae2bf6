import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
} from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';

import type { Context } from '../../resolvers/context.ts';
import {
  createShuttingDownError,
  type ReportUnexpectedError,
  toClientError,
  toExpectedClientError,
  toRejectedOperationError,
} from '../../resolvers/errors.ts';
import type { Drain } from './drain.ts';
import { scheduleAt } from './schedule-at.ts';
import { SharedExecution } from './shared-execution.ts';

interface SubscriptionsOptions {
  readonly drain: Drain;
  readonly report: (correlationId: string) => ReportUnexpectedError;
}

/**
 * Runs subscriptions: each event is executed once for all that ask the same of it. Counts those that are open,
 * gives their errors the public form, and ends them: with SHUTTING_DOWN when the gateway drains, and at
 * the times that its context names.
 */
export function useSubscriptions(options: SubscriptionsOptions): Plugin<Context> {
  const sharedExecution = new SharedExecution();
  return {
    onSubscribe: ({ setSubscribeFn }) => {
      setSubscribeFn(async (args: ExecutionArgs) => {
        const context = args.contextValue as Context;
        const release = acquireSlot(context);
        if (typeof release !== 'function') return release;
        const source = await openSource(args, release);
        if (!isAsyncIterable(source)) return source;
        return new SubscriptionStream(source, { ...options, args, sharedExecution, release });
      });
    },
  };
}

/** @returns what gives the slot back, or the refusal */
function acquireSlot(context: Context): (() => void) | ExecutionResult {
  try {
    return context.services.admission.subscriptions.acquire(context);
  } catch (error) {
    return { errors: [toRejectedOperationError(error, context.correlationId)] };
  }
}

async function openSource(
  args: ExecutionArgs,
  release: () => void,
): Promise<ExecutionResult | AsyncIterable<unknown>> {
  let isOpen = false;
  try {
    const source = await createSourceEventStream(args);
    isOpen = isAsyncIterable(source);
    return source;
  } finally {
    if (!isOpen) release();
  }
}

interface SubscriptionStreamOptions extends SubscriptionsOptions {
  readonly args: ExecutionArgs;
  readonly sharedExecution: SharedExecution;
  /** Gives the slot back. */
  readonly release: () => void;
}

type SubscriptionResult = IteratorResult<ExecutionResult, undefined>;

const done: SubscriptionResult = { done: true, value: undefined };

/** Not a generator: its `return()` would wait for the value that is being waited for. */
class SubscriptionStream implements AsyncIterableIterator<ExecutionResult> {
  readonly #source: AsyncIterator<unknown>;
  readonly #options: SubscriptionStreamOptions;
  readonly #sharingKey: string;
  readonly #cleanups: readonly (() => void)[];
  #hasEnded = false;
  /** What is sent last when it is ended. */
  #finalResult: ExecutionResult | undefined;

  constructor(source: AsyncIterable<unknown>, options: SubscriptionStreamOptions) {
    this.#source = source[Symbol.asyncIterator]();
    this.#options = options;
    this.#sharingKey = options.sharedExecution.computeKey(options.args);
    this.#context.services.gateway.activeSubscriptions++;
    this.#cleanups = this.#registerCleanups();
  }

  get #context(): Context {
    return this.#options.args.contextValue as Context;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<SubscriptionResult> {
    if (this.#hasEnded) return this.#takeFinalResult();
    try {
      const next = await this.#source.next();
      if (next.done) {
        this.#end();
        return this.#takeFinalResult();
      }
      const result = this.#options.sharedExecution.execute(
        this.#options.args,
        next.value,
        this.#sharingKey,
      );
      // The position moves on with it, also when the drain has begun meanwhile: to leave it out would lose it.
      return this.#toIteratorResult(result instanceof Promise ? await result : result, next.value);
    } catch (error) {
      this.#end();
      throw this.#toClientError(error);
    }
  }

  #takeFinalResult(): SubscriptionResult {
    const value = this.#finalResult;
    this.#finalResult = undefined;
    return value === undefined ? done : { done: false, value };
  }

  #registerCleanups(): (() => void)[] {
    const { drain, release } = this.#options;
    const { correlationId, streamDeadlines } = this.#context;
    const onDrain = drain.addListener(() => {
      this.#endWithError(createShuttingDownError(correlationId));
    });
    const onTime = streamDeadlines.map(({ at, error }) =>
      scheduleAt(at, () => {
        this.#endWithError(toExpectedClientError(error, correlationId));
      }),
    );
    return [release, onDrain, ...onTime];
  }

  #endWithError(error: GraphQLError): void {
    this.#finalResult = { errors: [error] };
    this.#end();
    void this.#source.return?.();
  }

  async return(): Promise<SubscriptionResult> {
    this.#end();
    await this.#source.return?.();
    return done;
  }

  #toIteratorResult(result: ExecutionResult, event: unknown): SubscriptionResult {
    const { cursor } = event as { cursor?: unknown };
    if (typeof cursor === 'string') this.#context.lastEvent.cursor = cursor;
    if (!result.errors) return { done: false, value: result };
    const errors = result.errors.map((error) => this.#toClientError(error));
    return { done: false, value: { ...result, errors } };
  }

  #toClientError(error: unknown): ReturnType<typeof toClientError> {
    const { correlationId } = this.#context;
    return toClientError(error, correlationId, this.#options.report(correlationId));
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    for (const takeBack of this.#cleanups) takeBack();
    this.#context.services.gateway.activeSubscriptions--;
  }
}
