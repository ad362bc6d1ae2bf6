import type { DocumentNode, ExecutionArgs, GraphQLError, GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';

import type { DocumentLimits } from '../../admission/limits.ts';
import type { Context } from '../../resolvers/context.ts';
import { createLimitExceededError, toRejectedOperationError } from '../../resolvers/errors.ts';
import type { DocumentCostAnalyzer } from './document-cost-analyzer.ts';
import type { OperationCosts } from './operation-costs.ts';

type ParseFunction = (source: unknown, options?: object) => DocumentNode;
type ValidateFunction = (...args: readonly [GraphQLSchema, DocumentNode, ...unknown[]]) => unknown;

/**
 * Rejects operations that exceed a limit, on all transports, as early as possible: the number of tokens while parsing,
 * the other limits of the document before the validation, and those that depend on variables before the execution.
 */
export function useDocumentLimits(limits: DocumentLimits, costs: OperationCosts): Plugin<Context> {
  const findProblem = (args: ExecutionArgs): string | undefined =>
    findOperationProblem(costs, args, limits);
  return {
    onParse: ({ parseFn, setParseFn }) => {
      setParseFn(limitTokens(limits.tokens, parseFn as ParseFunction));
    },
    onValidate: ({ validateFn, setValidationFn }) => {
      const validate = validateFn as ValidateFunction;
      setValidationFn(((schema, document, ...others) => {
        const problem = findDocumentProblem(costs.getAnalyzer(schema, document), limits);
        return problem === undefined
          ? validate(schema, document, ...others)
          : [createLimitExceededError(problem)];
      }) satisfies ValidateFunction);
    },
    onExecute: ({ args, setResultAndStopExecution }) => {
      const problem = findProblem(args);
      if (problem !== undefined) setResultAndStopExecution(createRejection(problem, args));
    },
    onSubscribe: ({ args, setResultAndStopExecution }) => {
      const problem = findProblem(args);
      if (problem !== undefined) setResultAndStopExecution(createRejection(problem, args));
    },
  };
}

function limitTokens(maxTokens: number, parse: ParseFunction): ParseFunction {
  return (source, options) => {
    try {
      return parse(source, { ...options, maxTokens });
    } catch (error) {
      if (!isTokenLimitError(error)) throw error;
      throw createLimitExceededError(describeExcess('tokens', maxTokens));
    }
  };
}

/** Recognizes the error by its message: the parser of graphql-js gives it no code. */
function isTokenLimitError(error: unknown): boolean {
  return error instanceof Error && error.message.includes('Parsing aborted');
}

function findDocumentProblem(
  analyzer: DocumentCostAnalyzer,
  limits: DocumentLimits,
): string | undefined {
  if (analyzer.aliasCount > limits.aliases) return describeExcess('aliases', limits.aliases);
  for (const operation of analyzer.operations) {
    if (analyzer.measureOperation(operation).depth > limits.depth) {
      return `The query is nested too deeply (limit: ${limits.depth} levels).`;
    }
    if (analyzer.countRootFields(operation) > limits.rootFields) {
      return describeExcess('root fields', limits.rootFields);
    }
  }
  return undefined;
}

function findOperationProblem(
  costs: OperationCosts,
  args: ExecutionArgs,
  limits: DocumentLimits,
): string | undefined {
  if (hasMoreValuesThan(limits.variableValues, args.variableValues)) {
    return describeExcess('values in variables', limits.variableValues);
  }
  const cost = costs.countObjects(args);
  if (cost <= limits.cost) return undefined;
  return `The query may return up to ${cost} objects (limit: ${limits.cost}). Request smaller pages.`;
}

function describeExcess(resourceName: string, limit: number): string {
  return `The query has too many ${resourceName} (limit: ${limit}).`;
}

/** Does not recurse: the nesting is bounded only by the size of the request body. */
function hasMoreValuesThan(limit: number, variables: unknown): boolean {
  const pending: unknown[] = [variables];
  for (let seen = 0; pending.length > 0; seen++) {
    if (seen > limit) return true;
    const value = pending.pop();
    if (typeof value !== 'object' || value === null) continue;
    const children: unknown[] = Object.values(value);
    if (seen + children.length > limit) return true;
    pending.push(...children);
  }
  return false;
}

function createRejection(
  problem: string,
  { contextValue }: ExecutionArgs,
): { errors: GraphQLError[] } {
  const { correlationId } = contextValue as Context;
  return { errors: [toRejectedOperationError(createLimitExceededError(problem), correlationId)] };
}
