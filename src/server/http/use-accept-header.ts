import { type DocumentNode, type ExecutionArgs, getDirectiveValues, Kind, visit } from 'graphql';
import { createGraphQLError, type Plugin } from 'graphql-yoga';

import type { Context } from '../../resolvers/context.ts';

/** An operation over a WebSocket has no request, and accepts every stream. */
type MaybeHttpContext = Context & { readonly request?: Request };

const EVENT_STREAM = 'text/event-stream';
const MULTIPART = 'multipart/mixed';
const NOT_ACCEPTABLE = 406;

/**
 * Content negotiation: rejects an operation that needs a stream before it is executed if the client accepts none. Yoga
 * checks `accept` only after the execution, when a message may have been sent and a subscription stays open.
 */
export function useAcceptHeader(): Plugin<Context> {
  return {
    onSubscribe: ({ args, setResultAndStopExecution }) => {
      if (!acceptsAny(args.contextValue, [EVENT_STREAM]))
        setResultAndStopExecution(
          createNotAcceptableResult(`must include ${EVENT_STREAM} for a subscription`),
        );
    },
    onExecute: ({ args, setResultAndStopExecution }) => {
      if (!acceptsAny(args.contextValue, [EVENT_STREAM, MULTIPART]) && hasDefer(args))
        setResultAndStopExecution(
          createNotAcceptableResult(`must include ${MULTIPART} or ${EVENT_STREAM} for @defer`),
        );
    },
  };
}

function acceptsAny({ request }: MaybeHttpContext, types: readonly string[]): boolean {
  if (!request) return true;
  const ranges = (request.headers.get('accept') ?? '*/*')
    .split(',')
    .map((range) => (range.split(';', 1)[0] ?? '').trim().toLowerCase());
  return types.some((type) =>
    ranges.some((range) => ['*/*', type, type.replace(/[^/]*$/, '*')].includes(range)),
  );
}

function hasDefer({ document, schema, variableValues }: ExecutionArgs): boolean {
  const defer = schema.getDirective('defer');
  if (!defer) return false;
  let isFound = false;
  const inspectNode = (node: Parameters<typeof getDirectiveValues>[1]): void => {
    const values = getDirectiveValues(defer, node, variableValues ?? undefined);
    isFound ||= values !== undefined && values['if'] !== false;
  };
  visit<DocumentNode>(document, {
    [Kind.INLINE_FRAGMENT]: inspectNode,
    [Kind.FRAGMENT_SPREAD]: inspectNode,
  });
  return isFound;
}

function createNotAcceptableResult(problem: string): {
  errors: ReturnType<typeof createGraphQLError>[];
} {
  const extensions = { code: 'BAD_USER_INPUT', http: { status: NOT_ACCEPTABLE } };
  return { errors: [createGraphQLError(`accept: ${problem}`, { extensions })] };
}
