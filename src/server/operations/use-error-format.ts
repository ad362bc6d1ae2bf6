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
 * Converts the errors of every stage to their public form: code, correlation id, and no internal message. The hooks for
 * parsing, validation and execution run on every transport; the errors of Yoga's HTTP layer pass `onResultProcess`
 * only. Errors of a running subscription are converted by `useSubscriptions`.
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
        // The results of an open subscription have their public form already.
        if (!isAsyncIterable(result)) setResult(createConverter(args.contextValue)(result));
      },
    }),
    onResultProcess: (payload) => {
      const { result } = payload;
      if (Array.isArray(result) || isAsyncIterable(result)) return;
      const convertResult = createConverter(getRequestContext(payload));
      payload.setResult(convertResult(result as Result));
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

/** True if the error was converted for this request. A cached error of parsing or validation has the id of another one. */
function isConverted(error: unknown, correlationId: string): error is GraphQLError {
  return error instanceof GraphQLError && error.extensions['requestId'] === correlationId;
}
