import type { ExecutionResult, FormattedExecutionResult } from 'graphql';

const cache = new WeakMap<object, string>();

/** As JSON; of a result that several readers get, once. */
export function serializeResult(result: ExecutionResult | FormattedExecutionResult): string {
  const known = cache.get(result);
  if (known !== undefined) return known;
  const text = JSON.stringify(result);
  cache.set(result, text);
  return text;
}
