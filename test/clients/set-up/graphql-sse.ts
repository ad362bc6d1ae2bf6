import type { ResultOf, TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { type Client, createClient } from 'graphql-sse';

import { type Position, type WatchText, watchText } from './documents.ts';
import type { TextObserver } from './live-texts.ts';

/** @returns unsubscribes */
export function watchOverSse(url: string, position: Position, observer: TextObserver): () => void {
  let cursor = position.after;
  let isRestarting = false;
  const client = createClient({
    url,
    // Called at each connect: the subscription resumes after the last value that arrived.
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
          observer.onPatch(data.messageDelta);
        }
        isRestarting = errors?.[0]?.extensions['retryable'] === true;
        if (errors && !isRestarting) observer.onError(errors);
      },
      error: (error) => {
        observer.onError(error);
      },
      // A retryable error ends the stream with `complete`, and this client does not reconnect after it.
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

/** Runs a query or a mutation. */
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
  throw new Error('no response');
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
