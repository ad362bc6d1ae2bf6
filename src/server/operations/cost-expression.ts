export type Variables = Readonly<Record<string, unknown>>;

export interface EvaluationContext {
  readonly variables: Variables;
  /** Amounts of which the value is known by now. */
  readonly cache: Map<CostExpression, number>;
}

/** A number, or what becomes one when the variables are known. */
export type CostExpression = number | ((inputs: EvaluationContext) => number);

export function evaluateExpression(amount: CostExpression, variables: Variables): number {
  return evaluateOnce(amount, { variables, cache: new Map() });
}

export function addExpressions(a: CostExpression, b: CostExpression): CostExpression {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  return (inputs) => evaluateOnce(a, inputs) + evaluateOnce(b, inputs);
}

export function multiplyExpressions(a: CostExpression, b: CostExpression): CostExpression {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  if (b === 0) return 0;
  return (inputs) => evaluateOnce(a, inputs) * evaluateOnce(b, inputs);
}

/** Once for all of its uses, which may be very many. */
function evaluateOnce(amount: CostExpression, inputs: EvaluationContext): number {
  if (typeof amount === 'number') return amount;
  const known = inputs.cache.get(amount);
  if (known !== undefined) return known;
  const value = amount(inputs);
  inputs.cache.set(amount, value);
  return value;
}
