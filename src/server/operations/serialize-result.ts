import type { ExecutionResult, FormattedExecutionResult } from 'graphql';

const cache = new WeakMap<object, string>();

/** Returns the result as JSON. A result object that several subscriptions share is serialized once. */
export function serializeResult(result: ExecutionResult | FormattedExecutionResult): string {
  const known = cache.get(result);
  if (known !== undefined) return known;
  const text = JSON.stringify(result);
  cache.set(result, text);
  return text;
}
