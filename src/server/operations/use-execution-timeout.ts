import type { ExecutionArgs } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';

import type { Context } from '../../resolvers/context.ts';
import { createExecutionTimeoutError } from '../../resolvers/errors.ts';

type Execute = (args: ExecutionArgs & { readonly signal: AbortSignal }) => unknown;

export interface ExecutionTimeoutOptions {
  readonly timeoutMs: number;
  /** What the operation asks to wait, which comes on top. */
  readonly computeWaitMs: (args: ExecutionArgs) => number;
}

/** Ends queries and mutations that take too long, on all transports; of a mutation's fields the next ones are not begun. */
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
    // The rest of a deferred answer has the rest of the time.
    if (!isAsyncIterable(result)) clearTimeout(timer);
    return result;
  } catch (error) {
    clearTimeout(timer);
    if (error !== timeout.signal.reason) throw error;
    return { errors: [error] };
  }
}
