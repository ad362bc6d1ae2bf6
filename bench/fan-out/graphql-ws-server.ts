import { createServer } from 'node:http';

import { makeExecutableSchema } from '@graphql-tools/schema';
import { PubSub } from 'graphql-subscriptions';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

import type { Delta } from './delta-source.ts';
import { listen, peerEndpoint, SESSION_ID, typeDefs } from './peer-api.ts';
import { serveFanOut } from './serve-fan-out.ts';

const pubSub = new PubSub();

const schema = makeExecutableSchema({
  typeDefs,
  resolvers: {
    Subscription: {
      messageDelta: {
        subscribe: (_root: unknown, { sessionId }: { sessionId: string }) =>
          pubSub.asyncIterableIterator(sessionId),
        resolve: (delta: Delta) => delta,
      },
    },
  },
});

/** As Apollo Server's documentation has it: graphql-js, graphql-ws and the PubSub of graphql-subscriptions. */
serveFanOut(async () => {
  const http = createServer();
  useServer({ schema }, new WebSocketServer({ server: http, path: '/graphql' }));
  return {
    endpoint: peerEndpoint(await listen(http)),
    publish: (delta) => void pubSub.publish(SESSION_ID, delta),
  };
});
