import type { Client as Sockets } from 'graphql-ws';
import {
  type ConcreteRequest,
  Environment,
  type FetchFunction,
  graphql,
  type GraphQLResponse,
  type GraphQLSingularResponse,
  Network,
  Observable,
  type PayloadData,
  type PayloadError,
  RecordSource,
  type RequestParameters,
  Store,
  type SubscribeFunction,
} from 'relay-runtime';

import type { Position } from './documents.ts';
import type { Patch, TextObserver } from './live-texts.ts';
import { readParts } from './multipart.ts';

interface Part {
  readonly data?: PayloadData;
  readonly errors?: PayloadError[];
  readonly hasNext?: boolean;
  /** Deferred parts; Relay identifies them by label and path. */
  readonly incremental?: readonly {
    readonly data: PayloadData;
    readonly errors?: PayloadError[];
    readonly label: string;
    readonly path: (string | number)[];
  }[];
}

/** Converts one part for Relay, which requires `is_final` in the last one. */
function toRelayResponses({
  incremental = [],
  hasNext = false,
  ...first
}: Part): GraphQLSingularResponse[] {
  const extensions = { is_final: !hasNext };
  const responses = 'data' in first || first.errors ? [first, ...incremental] : incremental;
  return responses.map((response) => ({ ...response, extensions }) as GraphQLSingularResponse);
}

/** Names the document by its hash if `persistConfig` moved its text to the file of trusted documents. */
function toRequest({ id, text }: RequestParameters) {
  if (id == null) return { query: text ?? '' };
  return { query: '', extensions: { persistedQuery: { version: 1, sha256Hash: id } } };
}

/** @param sockets from createResumingClient */
export function createRelayEnvironment(url: string, sockets: Sockets): Environment {
  const request: FetchFunction = (params, variables) =>
    Observable.create((sink) => {
      const leaving = new AbortController();
      const read = async (): Promise<void> => {
        const response = await fetch(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'multipart/mixed, application/json',
          },
          body: JSON.stringify({ ...toRequest(params), variables }),
          signal: leaving.signal,
        });
        for await (const part of readParts<Part>(response)) sink.next(toRelayResponses(part));
        sink.complete();
      };
      read().catch((error: unknown) => {
        sink.error(error instanceof Error ? error : new Error(String(error)));
      });
      return () => {
        leaving.abort();
      };
    });
  const subscribe: SubscribeFunction = (params, variables) =>
    Observable.create((sink) =>
      sockets.subscribe(
        { ...toRequest(params), variables },
        {
          next: (result) => {
            sink.next(result as GraphQLResponse);
          },
          error: (error) => {
            sink.error(error instanceof Error ? error : new Error(JSON.stringify(error)));
          },
          complete: () => {
            sink.complete();
          },
        },
      ),
    );
  // The default keys, the ids, fit the schema.
  return new Environment({
    network: Network.create(request, subscribe),
    store: new Store(new RecordSource()),
  });
}

/** @returns unsubscribes */
export function watchWithRelay(
  environment: Environment,
  position: Position,
  observer: TextObserver,
): () => void {
  const { params } = watchText as unknown as ConcreteRequest;
  // Outside the store: requestSubscription would overwrite each patch with the next.
  const subscription = environment
    .getNetwork()
    .execute(params, { ...position }, {})
    .subscribe({
      next: (result) => {
        const { data } = result as { data?: { messageDelta: Patch } };
        if (data) observer.onPatch(data.messageDelta);
        else observer.onError(result);
      },
      error: (error: Error) => {
        observer.onError(error);
      },
    });
  return () => {
    subscription.unsubscribe();
  };
}

export const createSession = graphql`
  mutation relayCreateSessionMutation($sessionId: ID!) {
    createSession(input: { sessionId: $sessionId, ifExists: RESUME }) {
      session {
        id
        cursor
      }
    }
  }
`;

/** Returns the turn immediately; `waitForFragmentData` resolves with `answer` when it has ended. */
export const ask = graphql`
  mutation relayAskMutation($sessionId: ID!, $prompt: String!) {
    sendMessage(input: { sessionId: $sessionId, prompt: $prompt }) {
      turn {
        id
        state
      }
      ...relay_answer @defer(label: "answer")
    }
  }
`;

export const answer = graphql`
  fragment relay_answer on SendMessagePayload {
    finishedTurn {
      id
      state
      reply {
        id
        content
      }
    }
  }
`;

export const watchText = graphql`
  subscription relayWatchSubscription($sessionId: ID!, $after: Cursor) {
    messageDelta(sessionId: $sessionId, after: $after) {
      cursor
      messageId
      kind
      offset
      text
      state
    }
  }
`;

export const readHistory = graphql`
  query relayHistoryQuery($sessionId: ID!) {
    session(id: $sessionId) {
      messages(last: 50) {
        nodes {
          __typename
          id
          ... on UserMessage {
            content
          }
          ... on AssistantMessage {
            content
          }
        }
      }
    }
  }
`;
