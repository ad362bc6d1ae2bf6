import type { ExecutionArgs } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';

import type { Context } from '../../resolvers/context.ts';
import { operationTimedOut } from '../../resolvers/errors.ts';

type Execute = (args: ExecutionArgs & { readonly signal: AbortSignal }) => unknown;

export interface OperationTimeOptions {
  readonly limitMs: number;
  /** What the operation asks to wait, which comes on top. */
  readonly waitMs: (args: ExecutionArgs) => number;
}

/** Ends queries and mutations that take too long, on all transports; of a mutation's fields the next ones are not begun. */
export function useOperationTime({ limitMs, waitMs }: OperationTimeOptions): Plugin<Context> {
  return {
    onExecute: ({ executeFn, setExecuteFn }) => {
      setExecuteFn((args: ExecutionArgs) =>
        executeWithin(limitMs + waitMs(args), executeFn as Execute, args),
      );
    },
  };
}

async function executeWithin(ms: number, execute: Execute, args: ExecutionArgs): Promise<unknown> {
  const time = new AbortController();
  const { requestId } = args.contextValue as Context;
  const timer = setTimeout(() => {
    time.abort(operationTimedOut(ms, requestId));
  }, ms).unref();
  try {
    const result = await execute({ ...args, signal: time.signal });
    // The rest of a deferred answer has the rest of the time.
    if (!isAsyncIterable(result)) clearTimeout(timer);
    return result;
  } catch (error) {
    clearTimeout(timer);
    if (error !== time.signal.reason) throw error;
    return { errors: [error] };
  }
}
