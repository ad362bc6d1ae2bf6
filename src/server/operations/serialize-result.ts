import type { ExecutionResult, FormattedExecutionResult } from 'graphql';

const texts = new WeakMap<object, string>();

/** As JSON; of a result that several readers get, once. */
export function serialised(result: ExecutionResult | FormattedExecutionResult): string {
  const known = texts.get(result);
  if (known !== undefined) return known;
  const text = JSON.stringify(result);
  texts.set(result, text);
  return text;
}
