import type { DocumentNode, ExecutionArgs, GraphQLError, GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';

import type { DocumentLimits } from '../../admission/limits.ts';
import type { Context } from '../../resolvers/context.ts';
import { limitExceeded, refusal } from '../../resolvers/errors.ts';
import type { DocumentMeasure } from './operation-cost.ts';
import type { DocumentMeasures } from './operation-costs.ts';

type Parse = (source: unknown, options?: object) => DocumentNode;
type Validate = (...args: readonly [GraphQLSchema, DocumentNode, ...unknown[]]) => unknown;

/**
 * Refuses documents that are too large before they are validated, and operations that ask for too much before anything
 * is done, on all transports. A document is measured once; what depends on variables is computed from that.
 */
export function useDocumentLimits(
  limits: DocumentLimits,
  measures: DocumentMeasures,
): Plugin<Context> {
  const problemOf = (args: ExecutionArgs): string | undefined =>
    problemOfOperation(measures, args, limits);
  return {
    onParse: ({ parseFn, setParseFn }) => {
      setParseFn(parseWithin(limits.tokens, parseFn as Parse));
    },
    onValidate: ({ validateFn, setValidationFn }) => {
      const validate = validateFn as Validate;
      setValidationFn(((schema, document, ...others) => {
        const problem = problemOfDocument(measures.of(schema, document), limits);
        return problem === undefined
          ? validate(schema, document, ...others)
          : [limitExceeded(problem)];
      }) satisfies Validate);
    },
    onExecute: ({ args, setResultAndStopExecution: stop }) => {
      const problem = problemOf(args);
      if (problem !== undefined) stop(refused(problem, args));
    },
    onSubscribe: ({ args, setResultAndStopExecution: stop }) => {
      const problem = problemOf(args);
      if (problem !== undefined) stop(refused(problem, args));
    },
  };
}

function parseWithin(maxTokens: number, parse: Parse): Parse {
  return (source, options) => {
    try {
      return parse(source, { ...options, maxTokens });
    } catch (error) {
      if (!isOfTokens(error)) throw error;
      throw limitExceeded(tooMany('tokens', maxTokens));
    }
  };
}

/** The parser has no other sign for it. */
function isOfTokens(error: unknown): boolean {
  return error instanceof Error && error.message.includes('Parsing aborted');
}

function problemOfDocument(measure: DocumentMeasure, limits: DocumentLimits): string | undefined {
  if (measure.aliases > limits.aliases) return tooMany('aliases', limits.aliases);
  for (const operation of measure.operations) {
    if (measure.of(operation).depth > limits.depth) {
      return `The query is nested too deeply: at most ${limits.depth} levels are allowed.`;
    }
    if (measure.rootFields(operation) > limits.rootFields) {
      return tooMany('root fields', limits.rootFields);
    }
  }
  return undefined;
}

function problemOfOperation(
  measures: DocumentMeasures,
  args: ExecutionArgs,
  limits: DocumentLimits,
): string | undefined {
  if (isMoreThan(limits.variableValues, args.variableValues)) {
    return tooMany('values in its variables', limits.variableValues);
  }
  const cost = measures.objects(args);
  if (cost <= limits.cost) return undefined;
  return `The query asks for up to ${cost} objects: at most ${limits.cost} are allowed. Ask for smaller pages.`;
}

function tooMany(what: string, limit: number): string {
  return `The query has too many ${what}: at most ${limit} are allowed.`;
}

/** Not by recursion: it may be nested as deeply as a body is long. */
function isMoreThan(limit: number, variables: unknown): boolean {
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

function refused(problem: string, { contextValue }: ExecutionArgs): { errors: GraphQLError[] } {
  const { requestId } = contextValue as Context;
  return { errors: [refusal(limitExceeded(problem), requestId)] };
}
