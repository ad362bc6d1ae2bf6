import type { AddressInfo } from 'node:net';

import { fastify } from 'fastify';
import { mercurius } from 'mercurius';

import type { Delta } from './delta-source.ts';
import { peerEndpoint, SESSION_ID, typeDefs } from './peer-api.ts';
import { serveFanOut } from './serve-fan-out.ts';

/** As Mercurius' documentation has it: its own pub/sub and its own implementation of the protocol. */
serveFanOut(async () => {
  const app = fastify({ logger: false });
  await app.register(mercurius, {
    schema: typeDefs,
    subscription: true,
    resolvers: {
      Subscription: {
        messageDelta: {
          subscribe: (_root, { sessionId }: { sessionId: string }, { pubsub }) =>
            pubsub.subscribe(sessionId),
          resolve: (delta: Delta) => delta,
        },
      },
    },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    endpoint: peerEndpoint(port),
    publish: (delta) => {
      app.graphql.pubsub.publish({ topic: SESSION_ID, payload: delta });
    },
  };
});
