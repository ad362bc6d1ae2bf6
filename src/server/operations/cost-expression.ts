export type Variables = Readonly<Record<string, unknown>>;

export interface EvaluationContext {
  readonly variables: Variables;
  /** Values of the expressions that were evaluated already. */
  readonly cache: Map<CostExpression, number>;
}

/** A number, or a function of the variables. Documents are measured once, and evaluated for each operation. */
export type CostExpression = number | ((context: EvaluationContext) => number);

export function evaluateExpression(expression: CostExpression, variables: Variables): number {
  return evaluateOnce(expression, { variables, cache: new Map() });
}

export function addExpressions(a: CostExpression, b: CostExpression): CostExpression {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  return (context) => evaluateOnce(a, context) + evaluateOnce(b, context);
}

export function multiplyExpressions(a: CostExpression, b: CostExpression): CostExpression {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  if (b === 0) return 0;
  return (context) => evaluateOnce(a, context) * evaluateOnce(b, context);
}

/** Evaluates an expression once, because nested fragments can use it exponentially often. */
function evaluateOnce(expression: CostExpression, context: EvaluationContext): number {
  if (typeof expression === 'number') return expression;
  const known = context.cache.get(expression);
  if (known !== undefined) return known;
  const value = expression(context);
  context.cache.set(expression, value);
  return value;
}
