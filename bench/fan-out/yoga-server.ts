import { createServer } from 'node:http';

import type { ExecutionArgs, GraphQLError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { createPubSub, createSchema, createYoga } from 'graphql-yoga';
import { WebSocketServer } from 'ws';

import type { Delta } from './delta-source.ts';
import { listen, peerEndpoint, SESSION_ID, typeDefs } from './peer-api.ts';
import { serveFanOut } from './serve-fan-out.ts';

type Run = (args: ExecutionArgs) => never;
interface Prepared {
  readonly rootValue: { readonly execute: Run; readonly subscribe: Run };
}

const pubSub = createPubSub<{ messageDelta: [sessionId: string, delta: Delta] }>();

const yoga = createYoga({
  logging: false,
  schema: createSchema({
    typeDefs,
    resolvers: {
      Subscription: {
        messageDelta: {
          subscribe: (_root: unknown, { sessionId }: { sessionId: string }) =>
            pubSub.subscribe('messageDelta', sessionId),
          resolve: (delta: Delta) => delta,
        },
      },
    },
  }),
});

/** As Yoga's documentation has it: its pub/sub, and graphql-ws with the operation prepared by Yoga. */
serveFanOut(async () => {
  const http = createServer((request, response) => void yoga(request, response));
  useServer(
    {
      execute: (args) => (args as unknown as Prepared).rootValue.execute(args),
      subscribe: (args) => (args as unknown as Prepared).rootValue.subscribe(args),
      onSubscribe: async (context, _id, params) => {
        const enveloped = yoga.getEnveloped({
          ...context,
          req: context.extra.request,
          socket: context.extra.socket,
          params,
        });
        const args = {
          schema: enveloped.schema as ExecutionArgs['schema'],
          operationName: params.operationName ?? null,
          document: enveloped.parse(params.query) as ExecutionArgs['document'],
          variableValues: params.variables ?? null,
          contextValue: await enveloped.contextFactory(),
          rootValue: { execute: enveloped.execute as Run, subscribe: enveloped.subscribe as Run },
        };
        const errors = enveloped.validate(args.schema, args.document) as readonly GraphQLError[];
        return errors.length > 0 ? errors : args;
      },
    },
    new WebSocketServer({ server: http, path: '/graphql' }),
  );
  return {
    endpoint: peerEndpoint(await listen(http)),
    publish: (delta) => {
      pubSub.publish('messageDelta', SESSION_ID, delta);
    },
  };
});
