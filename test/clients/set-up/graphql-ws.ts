import type { ResultOf, TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { type Client, createClient, MessageType } from 'graphql-ws';

import { type Position, type WatchText, watchText } from './documents.ts';
import type { TextObserver } from './live-texts.ts';

/** @param url HTTP URL of the gateway */
export function createResumingClient(url: string): Client {
  const resume: Record<string, string> = {};
  return createClient({
    url: url.replace(/^http/, 'ws'),
    // Called at each connect: each subscription resumes after the last value that arrived.
    connectionParams: () => ({ resume }),
    retryAttempts: Number.POSITIVE_INFINITY,
    // Without it only closed sockets are retried, and the client would give up while the gateway restarts.
    shouldRetry: () => true,
    retryWait: (retries) => wait(Math.min(250 * 2 ** retries, 10_000) * (0.5 + Math.random())),
    on: {
      message: (message) => {
        if (message.type === MessageType.Next) {
          const cursor = findCursor(message.payload.data);
          if (cursor !== undefined) resume[message.id] = cursor;
        }
        if (message.type === MessageType.Complete || message.type === MessageType.Error) {
          Reflect.deleteProperty(resume, message.id);
        }
      },
    },
  });
}

/** Returns the cursor of the only field of a subscription. */
export function findCursor(data: unknown): string | undefined {
  const [value] = Object.values((data ?? {}) as Record<string, { cursor?: string } | null>);
  return value?.cursor;
}

/** @returns unsubscribes */
export function watchOverSocket(
  sockets: Client,
  variables: Position,
  observer: TextObserver,
): () => void {
  const request = { query: print(watchText), variables: { ...variables } };
  return sockets.subscribe<ResultOf<WatchText>>(request, {
    next: ({ data, errors }) => {
      if (data) observer.onPatch(data.messageDelta);
      if (errors) observer.onError(errors);
    },
    error: (error) => {
      observer.onError(error);
    },
    complete: () => undefined,
  });
}

/** Runs a query or a mutation. */
export async function runOverSocket<Data, Variables extends Record<string, unknown>>(
  sockets: Client,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const request = { query: print(document), variables };
  for await (const { data, errors } of sockets.iterate<Data>(request)) {
    if (data) return data;
    throw new AggregateError(errors ?? []);
  }
  throw new Error('no response');
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
