import {
  type DocumentNode,
  type ExecutionArgs,
  getOperationAST,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

import { type CostExpression, evaluateExpression } from './cost-expression.ts';
import {
  DocumentCostAnalyzer,
  getVariableDefaults,
  type OperationCost,
} from './document-cost-analyzer.ts';

/** One measure for each document, however often it is used. */
export class OperationCosts {
  readonly #analyzers = new WeakMap<DocumentNode, DocumentCostAnalyzer>();

  getAnalyzer(schema: GraphQLSchema, document: DocumentNode): DocumentCostAnalyzer {
    const measure = this.#analyzers.get(document) ?? new DocumentCostAnalyzer(schema, document);
    this.#analyzers.set(document, measure);
    return measure;
  }

  /** Objects that the operation may give. */
  countObjects(args: ExecutionArgs): number {
    return this.#evaluate(args, ({ objects }) => objects);
  }

  /** Milliseconds that the operation asks to wait. */
  computeWaitMs(args: ExecutionArgs): number {
    return this.#evaluate(args, ({ waitMs }) => waitMs);
  }

  #evaluate(args: ExecutionArgs, read: (measure: OperationCost) => CostExpression): number {
    const { schema, document, operationName } = args;
    const operation = getOperationAST(document, operationName);
    if (!operation) return 0;
    const amount = read(this.getAnalyzer(schema, document).measureOperation(operation));
    return typeof amount === 'number'
      ? amount
      : evaluateExpression(amount, collectVariables(operation, args));
  }
}

function collectVariables(
  operation: OperationDefinitionNode,
  { variableValues }: ExecutionArgs,
): Readonly<Record<string, unknown>> {
  return { ...getVariableDefaults(operation), ...variableValues };
}
