import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler } from '@apollo/client/incremental';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import type { Client as Sockets } from 'graphql-ws';

import generated from '../../generated/possible-types.ts';
import { type Position, watchText } from './documents.ts';
import type { TextObserver } from './live-texts.ts';

/** @param sockets from createResumingClient */
export function createApolloClient(url: string, sockets: Sockets): ApolloClient {
  return new ApolloClient({
    // The default cache keys, `__typename` and `id`, fit the schema.
    cache: new InMemoryCache({ possibleTypes: generated.possibleTypes }),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(sockets),
      new HttpLink({ uri: url }),
    ),
    // The `@defer` format of the gateway.
    incrementalHandler: new Defer20220824Handler(),
  });
}

/** @returns unsubscribes */
export function watchWithApollo(
  client: ApolloClient,
  variables: Position,
  observer: TextObserver,
): () => void {
  const subscription = client
    // Outside the cache: a patch is a change of a text, not an object.
    .subscribe({ query: watchText, variables, fetchPolicy: 'no-cache' })
    .subscribe(({ data, error }) => {
      if (data) observer.onPatch(data.messageDelta);
      if (error) observer.onError(error);
    });
  return () => {
    subscription.unsubscribe();
  };
}
