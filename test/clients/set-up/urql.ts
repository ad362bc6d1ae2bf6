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
import type { TextObserver } from './live-texts.ts';

/** Types without an id: graphcache embeds them in their parent, and warns about types that are not listed. */
export const typesWithoutId = [
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

/** For `cache` of createUrqlClient; `documentCache` is the plain cache of urql. */
export const normalizedCache: Exchange = graphcache({
  possibleTypes: generated.possibleTypes,
  keys: Object.fromEntries(typesWithoutId.map((type) => [type, () => null])),
});

interface UrqlOptions {
  readonly url: string;
  /** From createResumingClient. */
  readonly sockets: Sockets;
  readonly cache?: Exchange;
  /** `sendHashes`, if only trusted documents run. */
  readonly hashes?: readonly Exchange[];
}

export function createUrqlClient({
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
  // Subscriptions stand before the cache, so that it never sees patches. The cache drops `extensions`, hence the second `hashes`.
  return new Client({
    url,
    preferGetMethod: false,
    exchanges: [...hashes, subscriptions, cache, ...hashes, fetchExchange],
  });
}

/** @returns unsubscribes */
export function watchWithUrql(
  client: Client,
  variables: Position,
  observer: TextObserver,
): () => void {
  const subscription = client.subscription(watchText, variables).subscribe(({ data, error }) => {
    if (data) observer.onPatch(data.messageDelta);
    if (error) observer.onError(error);
  });
  return () => {
    subscription.unsubscribe();
  };
}
