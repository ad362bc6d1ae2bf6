import type { ExecutionResult, GraphQLError } from 'graphql';

const limitCodes: readonly unknown[] = ['LIMIT_EXCEEDED', 'RATE_LIMITED'];

/** Nothing of the operation was done, because a limit stands against it. */
export function isRejectedByLimit(result: unknown): result is { errors: readonly GraphQLError[] } {
  const { data, errors } = (result ?? {}) as ExecutionResult;
  return data === undefined && limitCodes.includes(errors?.[0]?.extensions['code']);
}

/** A stream that fails at once: the WebSocket server sends `error` for it, and `next` for any result. */
export function createFailingStream({ errors }: { readonly errors: readonly GraphQLError[] }): {
  [Symbol.asyncIterator](): AsyncIterator<never>;
} {
  const next = (): Promise<never> => Promise.reject(errors[0] ?? new Error('refused'));
  return { [Symbol.asyncIterator]: () => ({ next }) };
}
