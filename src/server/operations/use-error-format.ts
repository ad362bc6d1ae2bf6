import { type ExecutionResult, GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';

import type { Context } from '../../resolvers/context.ts';
import { type ReportFault, toClientError } from '../../resolvers/errors.ts';
import { requestContextOf } from './request-context.ts';

type Result = ExecutionResult & { readonly incremental?: readonly Result[] };
type Converter = (result: Result) => Result;
type Asked = Pick<Context, 'requestId'>;
interface Next {
  result: Result;
  setResult: (result: Result) => void;
}

/**
 * Gives every error of every stage its public form. Parsing, validation and execution pass here on each
 * transport; what the HTTP layer refuses by itself passes `onResultProcess` only.
 */
export function useClientErrors(report: (requestId: string) => ReportFault): Plugin<Context> {
  const convert = (error: unknown, { requestId }: Asked): GraphQLError =>
    isConverted(error, requestId) ? error : toClientError(error, requestId, report(requestId));
  const converter = (context: Asked): Converter => {
    const all: Converter = (result) => ({
      ...result,
      ...(result.errors && { errors: result.errors.map((error) => convert(error, context)) }),
      ...(result.incremental && { incremental: result.incremental.map(all) }),
    });
    return all;
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
      onExecuteDone: (done) => convertResults(done, converter(args.contextValue)),
    }),
    onSubscribe: ({ args }) => ({
      onSubscribeResult: ({ result, setResult }) => {
        // Those of a running subscription have their public form.
        if (!isAsyncIterable(result)) setResult(converter(args.contextValue)(result));
      },
    }),
    onResultProcess: (processed) => {
      const { result } = processed;
      if (Array.isArray(result) || isAsyncIterable(result)) return;
      const convertOne = converter(requestContextOf(processed));
      processed.setResult(convertOne(result as Result));
    },
  };
}

interface Done {
  readonly result: unknown;
  readonly setResult: (result: never) => void;
}

function convertResults(
  done: Done,
  convert: Converter,
): { onNext: (next: Next) => void } | undefined {
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
function isConverted(error: unknown, requestId: string): error is GraphQLError {
  return error instanceof GraphQLError && error.extensions['requestId'] === requestId;
}
