import type { ApolloClient } from '@apollo/client';
import { expect, it, vi } from 'vitest';

import { startTestGateway } from '../support/gateway/gateway.ts';
import { type Chat, tellOverSockets } from './cut-story.ts';
import { createApolloClient, watchWithApollo } from './set-up/apollo.ts';
import { ask, createSession, readHistory } from './set-up/documents.ts';
import { createResumingClient } from './set-up/graphql-ws.ts';

function apolloChat(client: ApolloClient): Chat {
  return {
    create: async (sessionId) => {
      const { data } = await client.mutate({ mutation: createSession, variables: { sessionId } });
      return data!.createSession.session.cursor;
    },
    ask: (sessionId, prompt) => client.mutate({ mutation: ask, variables: { sessionId, prompt } }),
    watch: (position, observer) => watchWithApollo(client, position, observer),
    history: async (sessionId) => {
      const { data } = await client.query({ query: readHistory, variables: { sessionId } });
      return data?.session?.messages?.nodes;
    },
  };
}

it('Apollo Client resumes exactly where its connection dropped', async () => {
  await tellOverSockets((url, sockets) => apolloChat(createApolloClient(url, sockets)));
});

it('Apollo Client caches a turn at once, receives its end with @defer, and caches no patch', async () => {
  await using gateway = await startTestGateway();
  const sockets = createResumingClient(gateway.url);
  const client = createApolloClient(gateway.url, sockets);
  const chat = apolloChat(client);
  const sessionId = gateway.createSessionId();
  const after = await chat.create(sessionId);
  const patches: unknown[] = [];
  const observer = {
    onPatch: (patch: unknown) => patches.push(patch),
    onError: expect.unreachable,
  };
  const stop = chat.watch({ sessionId, after }, observer);
  const held = gateway.model.hold();
  const answered = client.mutate({ mutation: ask, variables: { sessionId, prompt: held.prompt } });
  const call = await held.nextCall();
  const cached = (): string[] => Object.keys(client.cache.extract() as object);
  await vi.waitUntil(() => cached().some((key) => key.startsWith('Turn:')));
  expect(cached().some((key) => key.startsWith('AssistantMessage:'))).toBe(false);

  call.write('Later.');
  call.finish();
  const { turn, finishedTurn } = (await answered).data!.sendMessage;
  expect(finishedTurn).toMatchObject({ state: 'COMPLETED', reply: { content: 'Later.' } });
  expect(patches.length).toBeGreaterThan(0);
  const keys = [`Session:${sessionId}`, `Turn:${turn.id}`];
  const reply = `AssistantMessage:${finishedTurn!.reply!.id}`;
  expect(cached().sort()).toEqual([...keys, reply, 'ROOT_MUTATION'].sort());
  stop();
  await sockets.dispose();
});
