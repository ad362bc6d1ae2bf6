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
import { scheduleAt } from '../../timing/schedule-at.ts';
import type { Drain } from './drain.ts';
import { SharedExecution } from './shared-execution.ts';

interface SubscriptionsOptions {
  readonly drain: Drain;
  readonly report: (correlationId: string) => ReportUnexpectedError;
}

/**
 * Runs the subscriptions of all transports:
 *
 * 1. A slot is acquired for the caller; without one the operation is rejected with RATE_LIMITED.
 * 2. The resolver opens the source, an iterable of events.
 * 3. Each event is executed, once for all subscriptions that select the same (`SharedExecution`).
 * 4. The stream ends when its source ends or fails, when the client leaves, when the gateway shuts down
 *    (SHUTTING_DOWN), or at a deadline of its context (expired credentials, maximum lifetime).
 *
 * Invariants:
 *
 * 1. The slot is released exactly once, however the subscription ends.
 * 2. An event that was taken from the source is delivered, even if the gateway ends the stream meanwhile: the
 *    client's next cursor lies behind the event.
 * 3. The error that the gateway ends a stream with is its last result.
 */
export function useSubscriptions(options: SubscriptionsOptions): Plugin<Context> {
  const sharedExecution = new SharedExecution();
  return {
    onSubscribe: ({ setSubscribeFn }) => {
      setSubscribeFn(async (args: ExecutionArgs) => {
        const context = args.contextValue as Context;
        let release: () => void;
        try {
          release = context.services.admission.subscriptions.acquire(context);
        } catch (error) {
          return { errors: [toRejectedOperationError(error, context.correlationId)] };
        }
        const source = await openSource(args, release);
        if (!isAsyncIterable(source)) return source;
        return new SubscriptionStream(source, { ...options, args, sharedExecution, release });
      });
    },
  };
}

/** Calls the resolver. Releases the slot if no stream opens. */
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
  /** Releases the slot. */
  readonly release: () => void;
}

type StreamState =
  | { readonly kind: 'open' }
  /** The gateway ended the stream; the client has not read the error yet. */
  | { readonly kind: 'ending'; readonly lastResult: ExecutionResult }
  | { readonly kind: 'ended' };

type SubscriptionResult = IteratorResult<ExecutionResult, undefined>;

const done: SubscriptionResult = { done: true, value: undefined };

/** Not a generator: the `return()` of a generator waits for its pending `next()`, that is, for the next event. */
class SubscriptionStream implements AsyncIterableIterator<ExecutionResult> {
  readonly #source: AsyncIterator<unknown>;
  readonly #options: SubscriptionStreamOptions;
  readonly #context: Context;
  readonly #sharingKey: string;
  readonly #cleanups: (() => void)[];
  #state: StreamState = { kind: 'open' };

  constructor(source: AsyncIterable<unknown>, options: SubscriptionStreamOptions) {
    this.#source = source[Symbol.asyncIterator]();
    this.#options = options;
    this.#context = options.args.contextValue as Context;
    this.#sharingKey = options.sharedExecution.computeKey(options.args);
    this.#cleanups = [options.release];
    this.#context.services.gateway.activeSubscriptions++;
    this.#endOnDeadlinesAndDrain();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<SubscriptionResult> {
    if (this.#state.kind !== 'open') return this.#takeLastResult();
    try {
      const event = await this.#source.next();
      if (event.done) {
        this.#end({ kind: 'ended' });
        return this.#takeLastResult();
      }
      const { sharedExecution, args } = this.#options;
      const result = sharedExecution.execute(args, event.value, this.#sharingKey);
      // A result that is no promise is not awaited: the delay would apply to each event of each reader.
      return this.#toIteratorResult(result instanceof Promise ? await result : result, event.value);
    } catch (error) {
      this.#end({ kind: 'ended' });
      throw this.#toClientError(error);
    }
  }

  async return(): Promise<SubscriptionResult> {
    this.#end({ kind: 'ended' });
    await this.#source.return?.();
    return done;
  }

  #endOnDeadlinesAndDrain(): void {
    const { correlationId, streamDeadlines } = this.#context;
    for (const { at, error } of streamDeadlines) {
      const cancel = scheduleAt(at, () => {
        this.#endWithError(toExpectedClientError(error, correlationId));
      });
      this.#cleanups.push(cancel);
    }
    // Last: the drain calls back immediately if it has started, and that ends the stream with all its cleanups.
    const removeListener = this.#options.drain.addListener(() => {
      this.#endWithError(createShuttingDownError(correlationId));
    });
    this.#cleanups.push(removeListener);
  }

  #endWithError(error: GraphQLError): void {
    this.#end({ kind: 'ending', lastResult: { errors: [error] } });
    void this.#source.return?.();
  }

  #end(state: StreamState): void {
    if (this.#state.kind !== 'open') return;
    this.#state = state;
    for (const cleanUp of this.#cleanups) cleanUp();
    this.#context.services.gateway.activeSubscriptions--;
  }

  #takeLastResult(): SubscriptionResult {
    if (this.#state.kind !== 'ending') return done;
    const { lastResult } = this.#state;
    this.#state = { kind: 'ended' };
    return { done: false, value: lastResult };
  }

  /** Also records the event's cursor, which the SSE transport sends as the id of the result. */
  #toIteratorResult(result: ExecutionResult, event: unknown): SubscriptionResult {
    const { cursor } = event as { cursor?: unknown };
    if (typeof cursor === 'string') this.#context.lastEvent.cursor = cursor;
    if (!result.errors) return { done: false, value: result };
    const errors = result.errors.map((error) => this.#toClientError(error));
    return { done: false, value: { ...result, errors } };
  }

  #toClientError(error: unknown): GraphQLError {
    const { correlationId } = this.#context;
    return toClientError(error, correlationId, this.#options.report(correlationId));
  }
}
