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
 * Refuses documents that are too large before they are validated, and operations that ask for too much before anything
 * is done, on all transports. A document is measured once; what depends on variables is computed from that.
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
    onExecute: ({ args, setResultAndStopExecution: stop }) => {
      const problem = findProblem(args);
      if (problem !== undefined) stop(createRejection(problem, args));
    },
    onSubscribe: ({ args, setResultAndStopExecution: stop }) => {
      const problem = findProblem(args);
      if (problem !== undefined) stop(createRejection(problem, args));
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

/** The parser has no other sign for it. */
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
      return `The query is nested too deeply: at most ${limits.depth} levels are allowed.`;
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
    return describeExcess('values in its variables', limits.variableValues);
  }
  const cost = costs.countObjects(args);
  if (cost <= limits.cost) return undefined;
  return `The query asks for up to ${cost} objects: at most ${limits.cost} are allowed. Ask for smaller pages.`;
}

function describeExcess(what: string, limit: number): string {
  return `The query has too many ${what}: at most ${limit} are allowed.`;
}

/** Not by recursion: it may be nested as deeply as a body is long. */
function hasMoreValuesThan(limit: number, variables: unknown): boolean {
  const left: unknown[] = [variables];
  for (let seen = 0; left.length > 0; seen++) {
    if (seen > limit) return true;
    const value = left.pop();
    if (typeof value !== 'object' || value === null) continue;
    const inside: unknown[] = Object.values(value);
    if (seen + inside.length > limit) return true;
    left.push(...inside);
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
