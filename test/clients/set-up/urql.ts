import {
  cacheExchange as documentCache,
  Client,
  type Exchange,
  fetchExchange,
  subscriptionExchange,
} from '@urql/core';
import { cacheExchange as graphcache } from '@urql/exchange-graphcache';
import type { Client as Sockets, Sink } from 'graphql-ws';

import generated from '../../generated/possible-types.ts';
import { type Position, watchText } from './documents.ts';
import type { TextReader } from './live-texts.ts';

/** Types without an id: part of the object that they are found in, as one that is left out here is with a warning. */
export const parts = [
  'AbortTurnPayload',
  'Attachment',
  'CreateSessionPayload',
  'DeleteSessionPayload',
  'DisconnectSessionPayload',
  'GatewayStatus',
  'Label',
  'MessageConnection',
  'MessageEdge',
  'Model',
  'PageInfo',
  'Profile',
  'RemoveQueuedMessagePayload',
  'Repository',
  'RespondPayload',
  'ResumeSessionPayload',
  'RuntimeAuth',
  'SendMessagePayload',
  'SessionChange',
  'SessionConnection',
  'SessionEdge',
  'SessionUsage',
  'TurnError',
  'TurnUsage',
  'UpdateSessionPayload',
];

/** For urqlClient's `cache`; `documentCache` is urql's plain one. */
export const normalisedCache: Exchange = graphcache({
  possibleTypes: generated.possibleTypes,
  keys: Object.fromEntries(parts.map((type) => [type, () => null])),
});

interface UrqlOptions {
  readonly url: string;
  /** Made by resumingClient. */
  readonly sockets: Sockets;
  readonly cache?: Exchange;
  /** `sendHashes`, where only trusted documents run. */
  readonly hashes?: readonly Exchange[];
}

export function urqlClient({
  url,
  sockets,
  cache = documentCache,
  hashes = [],
}: UrqlOptions): Client {
  const subscriptions = subscriptionExchange({
    forwardSubscription: ({ query = '', variables = {}, extensions = {} }) => ({
      subscribe: (sink) => ({
        unsubscribe: sockets.subscribe({ query, variables, extensions }, sink as Sink),
      }),
    }),
  });
  // Subscriptions before the cache: patches never get to it. And it drops what was said of hashes before it.
  return new Client({
    url,
    preferGetMethod: false,
    exchanges: [...hashes, subscriptions, cache, ...hashes, fetchExchange],
  });
}

/** @returns ends it */
export function watchWithUrql(client: Client, variables: Position, reader: TextReader): () => void {
  const subscription = client.subscription(watchText, variables).subscribe(({ data, error }) => {
    if (data) reader.take(data.messageDelta);
    if (error) reader.fail(error);
  });
  return () => {
    subscription.unsubscribe();
  };
}
