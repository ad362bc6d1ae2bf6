import {
  type DocumentNode,
  type ExecutionArgs,
  getOperationAST,
  type GraphQLSchema,
} from 'graphql';

import { type CostExpression, evaluateExpression } from './cost-expression.ts';
import {
  DocumentCostAnalyzer,
  getVariableDefaults,
  type OperationCost,
} from './document-cost-analyzer.ts';

/** Measures each document once, however often it is executed. */
export class OperationCosts {
  readonly #analyzers = new WeakMap<DocumentNode, DocumentCostAnalyzer>();

  getAnalyzer(schema: GraphQLSchema, document: DocumentNode): DocumentCostAnalyzer {
    const analyzer = this.#analyzers.get(document) ?? new DocumentCostAnalyzer(schema, document);
    this.#analyzers.set(document, analyzer);
    return analyzer;
  }

  /** Returns how many objects the operation may return. */
  countObjects(args: ExecutionArgs): number {
    return this.#evaluate(args, ({ objects }) => objects);
  }

  /** Returns the milliseconds that the operation asks to wait. */
  computeWaitMs(args: ExecutionArgs): number {
    return this.#evaluate(args, ({ waitMs }) => waitMs);
  }

  #evaluate(args: ExecutionArgs, pick: (cost: OperationCost) => CostExpression): number {
    const { schema, document, operationName } = args;
    const operation = getOperationAST(document, operationName);
    if (!operation) return 0;
    const expression = pick(this.getAnalyzer(schema, document).measureOperation(operation));
    if (typeof expression === 'number') return expression;
    const variables = { ...getVariableDefaults(operation), ...args.variableValues };
    return evaluateExpression(expression, variables);
  }
}
