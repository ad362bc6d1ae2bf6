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
import type { Patch, TextReader } from './live-texts.ts';
import { partsOf } from './multipart.ts';

interface Part {
  readonly data?: PayloadData;
  readonly errors?: PayloadError[];
  readonly hasNext?: boolean;
  /** Of `@defer`, which Relay tells apart by the labels. */
  readonly incremental?: readonly {
    readonly data: PayloadData;
    readonly errors?: PayloadError[];
    readonly label: string;
    readonly path: (string | number)[];
  }[];
}

/** As Relay wants them: with `is_final` in the last one. */
function responsesIn({
  incremental = [],
  hasNext = false,
  ...first
}: Part): GraphQLSingularResponse[] {
  const extensions = { is_final: !hasNext };
  const responses = 'data' in first || first.errors ? [first, ...incremental] : incremental;
  return responses.map((response) => ({ ...response, extensions }) as GraphQLSingularResponse);
}

/** By its hash where `persistConfig` has put the text into the file of trusted documents. */
function named({ id, text }: RequestParameters) {
  if (id == null) return { query: text ?? '' };
  return { query: '', extensions: { persistedQuery: { version: 1, sha256Hash: id } } };
}

/** @param sockets made by resumingClient */
export function relayEnvironment(url: string, sockets: Sockets): Environment {
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
          body: JSON.stringify({ ...named(params), variables }),
          signal: leaving.signal,
        });
        for await (const part of partsOf<Part>(response)) sink.next(responsesIn(part));
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
        { ...named(params), variables },
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
  // Its keys, the ids, are right as they are.
  return new Environment({
    network: Network.create(request, subscribe),
    store: new Store(new RecordSource()),
  });
}

/** @returns ends it */
export function watchWithRelay(
  environment: Environment,
  position: Position,
  reader: TextReader,
): () => void {
  const { params } = watchText as unknown as ConcreteRequest;
  // Outside the store: requestSubscription would write each patch over the one before.
  const subscription = environment
    .getNetwork()
    .execute(params, { ...position }, {})
    .subscribe({
      next: (result) => {
        const { data } = result as { data?: { messageDelta: Patch } };
        if (data) reader.take(data.messageDelta);
        else reader.fail(result);
      },
      error: (error: Error) => {
        reader.fail(error);
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

/** The turn at once, and its end when it is there: `waitForFragmentData` gives `answer`. */
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
