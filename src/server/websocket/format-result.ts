import type { ExecutionResult, FormattedExecutionResult, GraphQLError } from 'graphql';

export function formatResult(result: ExecutionResult): FormattedExecutionResult {
  const { errors, ...rest } = result;
  return { ...rest, ...(errors && { errors: errors.map(formatError) }) };
}

/** Returns the error as JSON, without the HTTP status, which has no meaning over a WebSocket. */
export function formatError(error: GraphQLError): ReturnType<GraphQLError['toJSON']> {
  const formatted = error.toJSON();
  const { http: _http, ...extensions } = formatted.extensions ?? {};
  return { ...formatted, extensions };
}
