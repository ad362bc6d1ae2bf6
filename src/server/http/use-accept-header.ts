import { type DocumentNode, type ExecutionArgs, getDirectiveValues, Kind, visit } from 'graphql';
import { createGraphQLError, type Plugin } from 'graphql-yoga';

import type { Context } from '../../resolvers/context.ts';

/** Over a WebSocket there is no request, and everything can be streamed. */
type MaybeHttpContext = Context & { readonly request?: Request };

const EVENT_STREAM = 'text/event-stream';
const MULTIPART = 'multipart/mixed';
const NOT_ACCEPTABLE = 406;

/**
 * What can only be streamed is refused when the client takes no stream, and before anything is done: the
 * HTTP layer looks at `accept` only when a message was sent already, and leaves a subscription open.
 */
export function useAcceptHeader(): Plugin<Context> {
  return {
    onSubscribe: ({ args, setResultAndStopExecution: refuse }) => {
      if (!canAccept(args.contextValue, [EVENT_STREAM]))
        refuse(createNotAcceptableResult(`a subscription needs ${EVENT_STREAM}`));
    },
    onExecute: ({ args, setResultAndStopExecution: refuse }) => {
      if (!canAccept(args.contextValue, [EVENT_STREAM, MULTIPART]) && hasDefer(args)) {
        refuse(createNotAcceptableResult(`@defer needs ${MULTIPART} or ${EVENT_STREAM}`));
      }
    },
  };
}

function canAccept({ request }: MaybeHttpContext, types: readonly string[]): boolean {
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
  let found = false;
  const inspectNode = (node: Parameters<typeof getDirectiveValues>[1]): void => {
    const values = getDirectiveValues(defer, node, variableValues ?? undefined);
    found ||= values !== undefined && values['if'] !== false;
  };
  visit<DocumentNode>(document, {
    [Kind.INLINE_FRAGMENT]: inspectNode,
    [Kind.FRAGMENT_SPREAD]: inspectNode,
  });
  return found;
}

function createNotAcceptableResult(message: string): {
  errors: ReturnType<typeof createGraphQLError>[];
} {
  const http = { status: NOT_ACCEPTABLE };
  return {
    errors: [
      createGraphQLError(`accept: ${message}`, { extensions: { code: 'BAD_USER_INPUT', http } }),
    ],
  };
}
