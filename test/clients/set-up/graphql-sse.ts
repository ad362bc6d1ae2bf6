import type { ResultOf, TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { type Client, createClient } from 'graphql-sse';

import { type Position, type WatchText, watchText } from './documents.ts';
import type { TextReader } from './live-texts.ts';

/** @returns ends it */
export function watchOverSse(url: string, position: Position, reader: TextReader): () => void {
  let cursor = position.after;
  let isRestarting = false;
  const client = createClient({
    url,
    // Called at each connect: what was cut goes on after the last value that came.
    headers: (): Record<string, string> => (cursor === null ? {} : { 'last-event-id': cursor }),
    retryAttempts: Number.POSITIVE_INFINITY,
    retry: (retries) => wait(Math.min(250 * 2 ** retries, 10_000) * (0.5 + Math.random())),
  });
  const request = { query: print(watchText), variables: { ...position } };
  const watch = (): void => {
    client.subscribe<ResultOf<WatchText>>(request, {
      next: ({ data, errors }) => {
        if (data) {
          cursor = data.messageDelta.cursor;
          reader.take(data.messageDelta);
        }
        isRestarting = errors?.[0]?.extensions['retryable'] === true;
        if (errors && !isRestarting) reader.fail(errors);
      },
      error: (error) => {
        reader.fail(error);
      },
      // What can be tried again ends the stream as if all were said: this client does not come back by itself.
      complete: () => {
        if (isRestarting) setTimeout(watch, 250);
      },
    });
  };
  watch();
  return () => {
    client.dispose();
  };
}

/** A query or a mutation. */
export async function runOverSse<Data, Variables extends Record<string, unknown>>(
  client: Client,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const request = { query: print(document), variables };
  for await (const { data, errors } of client.iterate<Data>(request)) {
    if (data) return data;
    throw new AggregateError(errors ?? []);
  }
  throw new Error('no answer');
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
