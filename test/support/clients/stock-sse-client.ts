import { createClient, type RequestParams } from 'graphql-sse';

import { findCursor, type ResumableOperation, ResumingSubscription } from './resuming-client.ts';
import type { Loaded, Result, Variables } from './transports.ts';

/**
 * Subscribes with graphql-sse and its retries, in "distinct connections" mode: one request per operation, with the
 * same body on each retry. The client hides event ids, but calls `headers` with the request on each connect, so the
 * newest cursor of the data is sent as `Last-Event-ID`.
 *
 * @param options `resumes`: false omits the header, like a client that ignores event ids
 */
export function subscribeWithGraphqlSse<Data, Input extends Variables>(
  options: ResumableOperation<Data, Input> & { readonly resumes?: boolean },
): ResumingSubscription<Loaded<Data>> {
  const { url, operation, variables, cursor, retryWaitMs = 1_000, resumes = true } = options;
  const cursors = new WeakMap<RequestParams, string>();
  const request: RequestParams = { query: String(operation), variables: { ...variables } };
  if (cursor !== undefined) cursors.set(request, cursor);
  const values = new ResumingSubscription<Loaded<Data>>(() => {
    client.dispose();
  });
  values.cursor = cursor;
  const client = createClient({
    url,
    retryAttempts: Number.POSITIVE_INFINITY,
    retry: () => new Promise((resolve) => setTimeout(resolve, retryWaitMs)),
    headers: (asked): Record<string, string> => {
      const position = cursors.get(asked);
      return position === undefined || !resumes ? {} : { 'last-event-id': position };
    },
    on: {
      connecting: (isAgain) => {
        if (isAgain) values.ends.push('broken');
      },
    },
  });
  const remember = (data: unknown): void => {
    const position = findCursor(data);
    if (position === undefined) return;
    cursors.set(request, position);
    values.cursor = position;
  };
  client.subscribe<Loaded<Data>>(
    request,
    {
      next: (result) => {
        values.receive(result as Result<Loaded<Data>>);
      },
      error: (error) => {
        values.fail(error);
      },
      complete: () => {
        values.end();
      },
    },
    {
      message: ({ data }) => {
        if (data && 'data' in data) remember(data.data);
      },
    },
  );
  return values;
}
