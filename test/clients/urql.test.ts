import { cacheExchange as documentCache, type Client, type OperationResult } from '@urql/core';
import { type GraphQLObjectType, isObjectType } from 'graphql';
import { expect, it, vi } from 'vitest';

import { schema } from '../../src/schema/index.ts';
import { Collector } from '../support/clients/collector.ts';
import { startTestGateway } from '../support/gateway/gateway.ts';
import { type Chat, tellOverSockets } from './cut-story.ts';
import { ask, createSession, readHistory } from './set-up/documents.ts';
import { createResumingClient } from './set-up/graphql-ws.ts';
import { createUrqlClient, normalizedCache, typesWithoutId, watchWithUrql } from './set-up/urql.ts';

const caches = [
  { name: 'plain', cache: documentCache },
  { name: 'graphcache', cache: normalizedCache },
];

function urqlChat(client: Client): Chat {
  return {
    create: async (sessionId) => {
      const { data } = await client.mutation(createSession, { sessionId }).toPromise();
      return data!.createSession.session.cursor;
    },
    ask: async (sessionId, prompt) => {
      const { error } = await client.mutation(ask, { sessionId, prompt }).toPromise();
      if (error) throw error;
    },
    watch: (position, observer) => watchWithUrql(client, position, observer),
    history: async (sessionId) => {
      const { data, error } = await client.query(readHistory, { sessionId }).toPromise();
      if (error) throw error;
      return data?.session?.messages?.nodes;
    },
  };
}

it.each(caches)('urql ($name) resumes exactly where its connection dropped', async ({ cache }) => {
  const warn = vi.spyOn(console, 'warn');
  await tellOverSockets((url, sockets) => urqlChat(createUrqlClient({ url, sockets, cache })));
  expect(warn).not.toHaveBeenCalled();
});

it.each(caches)(
  'urql ($name) returns the turn at once and its end with @defer',
  async ({ cache }) => {
    await using gateway = await startTestGateway();
    const sockets = createResumingClient(gateway.url);
    const client = createUrqlClient({ url: gateway.url, sockets, cache });
    const sessionId = gateway.createSessionId();
    await urqlChat(client).create(sessionId);
    const held = gateway.model.hold();
    await using results = new Collector<OperationResult<unknown>>();
    client.mutation(ask, { sessionId, prompt: held.prompt }).subscribe((result) => {
      results.push(result);
    });
    const call = await held.nextCall();
    const first = await results.next();
    expect(first).toMatchObject({ hasNext: true, data: { sendMessage: { turn: {} } } });
    expect(first.data).not.toHaveProperty('sendMessage.finishedTurn.state');

    call.write('Later.');
    call.finish();
    const { data } = await results.next(({ hasNext }) => !hasNext);
    const finishedTurn = { state: 'COMPLETED', reply: { content: 'Later.' } };
    expect(data).toMatchObject({ sendMessage: { finishedTurn } });
    await sockets.dispose();
  },
);

it('the graphcache set-up lists only types without an id', () => {
  for (const part of typesWithoutId) {
    const type = schema.getType(part);
    expect(isObjectType(type), part).toBe(true);
    expect((type as GraphQLObjectType).getFields()).not.toHaveProperty('id');
  }
});
