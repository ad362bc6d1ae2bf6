import {
  type DocumentNode,
  type ExecutionArgs,
  getOperationAST,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

import { type Amount, valueOf } from './cost-expression.ts';
import { defaultsOf, DocumentMeasure, type Measure } from './operation-cost.ts';

/** One measure for each document, however often it is used. */
export class DocumentMeasures {
  readonly #measures = new WeakMap<DocumentNode, DocumentMeasure>();

  of(schema: GraphQLSchema, document: DocumentNode): DocumentMeasure {
    const measure = this.#measures.get(document) ?? new DocumentMeasure(schema, document);
    this.#measures.set(document, measure);
    return measure;
  }

  /** Objects that the operation may give. */
  objects(args: ExecutionArgs): number {
    return this.#value(args, ({ objects }) => objects);
  }

  /** Milliseconds that the operation asks to wait. */
  waitMs(args: ExecutionArgs): number {
    return this.#value(args, ({ waitMs }) => waitMs);
  }

  #value(args: ExecutionArgs, read: (measure: Measure) => Amount): number {
    const { schema, document, operationName } = args;
    const operation = getOperationAST(document, operationName);
    if (!operation) return 0;
    const amount = read(this.of(schema, document).of(operation));
    return typeof amount === 'number' ? amount : valueOf(amount, variablesOf(operation, args));
  }
}

function variablesOf(
  operation: OperationDefinitionNode,
  { variableValues }: ExecutionArgs,
): Readonly<Record<string, unknown>> {
  return { ...defaultsOf(operation), ...variableValues };
}
