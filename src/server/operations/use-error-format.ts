import { type ExecutionResult, GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';

import type { Context } from '../../resolvers/context.ts';
import { type ReportUnexpectedError, toClientError } from '../../resolvers/errors.ts';
import { getRequestContext } from './request-context.ts';

type Result = ExecutionResult & { readonly incremental?: readonly Result[] };
type ConvertResult = (result: Result) => Result;
type CorrelationContext = Pick<Context, 'correlationId'>;
interface NextEvent {
  result: Result;
  setResult: (result: Result) => void;
}

/**
 * Gives every error of every stage its public form. Parsing, validation and execution pass here on each
 * transport; what the HTTP layer refuses by itself passes `onResultProcess` only.
 */
export function useErrorFormat(
  report: (correlationId: string) => ReportUnexpectedError,
): Plugin<Context> {
  const convert = (error: unknown, { correlationId }: CorrelationContext): GraphQLError =>
    isConverted(error, correlationId)
      ? error
      : toClientError(error, correlationId, report(correlationId));
  const createConverter = (context: CorrelationContext): ConvertResult => {
    const convertResult: ConvertResult = (result) => ({
      ...result,
      ...(result.errors && { errors: result.errors.map((error) => convert(error, context)) }),
      ...(result.incremental && { incremental: result.incremental.map(convertResult) }),
    });
    return convertResult;
  };

  return {
    onParse:
      ({ context }) =>
      ({ result, replaceParseResult }) => {
        if (result instanceof Error) replaceParseResult(convert(result, context));
      },
    onValidate:
      ({ context }) =>
      ({ result, setResult }) => {
        setResult(result.map((error: unknown) => convert(error, context)));
      },
    onExecute: ({ args }) => ({
      onExecuteDone: (done) => convertResults(done, createConverter(args.contextValue)),
    }),
    onSubscribe: ({ args }) => ({
      onSubscribeResult: ({ result, setResult }) => {
        // Those of a running subscription have their public form.
        if (!isAsyncIterable(result)) setResult(createConverter(args.contextValue)(result));
      },
    }),
    onResultProcess: (processed) => {
      const { result } = processed;
      if (Array.isArray(result) || isAsyncIterable(result)) return;
      const convertOne = createConverter(getRequestContext(processed));
      processed.setResult(convertOne(result as Result));
    },
  };
}

interface ExecuteDoneEvent {
  readonly result: unknown;
  readonly setResult: (result: never) => void;
}

function convertResults(
  done: ExecuteDoneEvent,
  convert: ConvertResult,
): { onNext: (next: NextEvent) => void } | undefined {
  if (isAsyncIterable(done.result)) {
    return {
      onNext: (next) => {
        next.setResult(convert(next.result));
      },
    };
  }
  done.setResult(convert(done.result as Result) as never);
  return undefined;
}

/** For this request: errors of parsing and validation are cached, and come back with the id of another one. */
function isConverted(error: unknown, correlationId: string): error is GraphQLError {
  return error instanceof GraphQLError && error.extensions['requestId'] === correlationId;
}
