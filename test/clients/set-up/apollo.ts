import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler } from '@apollo/client/incremental';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import type { Client as Sockets } from 'graphql-ws';

import generated from '../../generated/possible-types.ts';
import { type Position, watchText } from './documents.ts';
import type { TextReader } from './live-texts.ts';

/** @param sockets made by resumingClient */
export function apolloClient(url: string, sockets: Sockets): ApolloClient {
  return new ApolloClient({
    // Its keys, `__typename` and `id`, are right as they are.
    cache: new InMemoryCache({ possibleTypes: generated.possibleTypes }),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(sockets),
      new HttpLink({ uri: url }),
    ),
    // The format of `@defer` that the gateway speaks.
    incrementalHandler: new Defer20220824Handler(),
  });
}

/** @returns ends it */
export function watchWithApollo(
  client: ApolloClient,
  variables: Position,
  reader: TextReader,
): () => void {
  const subscription = client
    // Outside the cache: a patch is a change of a text, not an object to be kept.
    .subscribe({ query: watchText, variables, fetchPolicy: 'no-cache' })
    .subscribe(({ data, error }) => {
      if (data) reader.take(data.messageDelta);
      if (error) reader.fail(error);
    });
  return () => {
    subscription.unsubscribe();
  };
}
