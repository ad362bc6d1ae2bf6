import type { ExecutionArgs } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';

import type { Context } from '../../resolvers/context.ts';
import { createExecutionTimeoutError } from '../../resolvers/errors.ts';

type Execute = (args: ExecutionArgs & { readonly signal: AbortSignal }) => unknown;

export interface ExecutionTimeoutOptions {
  readonly timeoutMs: number;
  /** Returns the milliseconds that the operation asks to wait, which are added to the timeout. */
  readonly computeWaitMs: (args: ExecutionArgs) => number;
}

/** Stops queries and mutations that take too long, on all transports. The remaining root fields of a mutation are not started. */
export function useExecutionTimeout({
  timeoutMs,
  computeWaitMs,
}: ExecutionTimeoutOptions): Plugin<Context> {
  return {
    onExecute: ({ executeFn, setExecuteFn }) => {
      setExecuteFn((args: ExecutionArgs) =>
        executeWithTimeout(timeoutMs + computeWaitMs(args), executeFn as Execute, args),
      );
    },
  };
}

async function executeWithTimeout(
  ms: number,
  execute: Execute,
  args: ExecutionArgs,
): Promise<unknown> {
  const timeout = new AbortController();
  const { correlationId } = args.contextValue as Context;
  const timer = setTimeout(() => {
    timeout.abort(createExecutionTimeoutError(ms, correlationId));
  }, ms).unref();
  try {
    const result = await execute({ ...args, signal: timeout.signal });
    // The timer keeps running for a result with deferred parts: they must complete within the same timeout.
    if (!isAsyncIterable(result)) clearTimeout(timer);
    return result;
  } catch (error) {
    clearTimeout(timer);
    if (error !== timeout.signal.reason) throw error;
    return { errors: [error] };
  }
}
