import {
  commitMutation,
  type Environment,
  fetchQuery,
  type GraphQLTaggedNode,
  type MutationParameters,
} from 'relay-runtime';
import { waitForFragmentData } from 'relay-runtime/experimental.js';
import { expect, it, vi } from 'vitest';

import type { relay_answer$key } from '../generated/relay/relay_answer.graphql.ts';
import type { relayAskMutation } from '../generated/relay/relayAskMutation.graphql.ts';
import type { relayCreateSessionMutation } from '../generated/relay/relayCreateSessionMutation.graphql.ts';
import type { relayHistoryQuery } from '../generated/relay/relayHistoryQuery.graphql.ts';
import { startTestGateway } from '../support/gateway/gateway.ts';
import { type Chat, tellOverSockets } from './cut-story.ts';
import { createResumingClient } from './set-up/graphql-ws.ts';
import {
  answer,
  ask,
  createRelayEnvironment,
  createSession,
  readHistory,
  watchWithRelay,
} from './set-up/relay.ts';

function relayChat(environment: Environment): Chat {
  const mutate = <M extends MutationParameters>(
    mutation: GraphQLTaggedNode,
    variables: M['variables'],
  ): Promise<M['response']> =>
    new Promise((onCompleted, onError) => {
      commitMutation<M>(environment, { mutation, variables, onCompleted, onError });
    });
  return {
    create: async (sessionId) => {
      const created = await mutate<relayCreateSessionMutation>(createSession, { sessionId });
      return created.createSession!.session.cursor ?? null;
    },
    ask: (sessionId, prompt) => mutate<relayAskMutation>(ask, { sessionId, prompt }),
    watch: (position, observer) => watchWithRelay(environment, position, observer),
    history: async (sessionId) => {
      const read = await fetchQuery<relayHistoryQuery>(environment, readHistory, {
        sessionId,
      }).toPromise();
      return read?.session?.messages?.nodes;
    },
  };
}

it('Relay resumes exactly where its connection dropped and keeps no patch in its store', async () => {
  const environments: Environment[] = [];
  await tellOverSockets((url, sockets) => {
    const environment = createRelayEnvironment(url, sockets);
    environments.push(environment);
    return relayChat(environment);
  });
  const records = JSON.stringify(environments[0]!.getStore().getSource().toJSON());
  expect(records).toContain('AssistantMessage');
  expect(records).not.toContain('MessageDelta');
});

it('Relay stores a turn at once and receives its end with @defer', async () => {
  await using gateway = await startTestGateway();
  const sockets = createResumingClient(gateway.url);
  const environment = createRelayEnvironment(gateway.url, sockets);
  const sessionId = gateway.createSessionId();
  await relayChat(environment).create(sessionId);
  const held = gateway.model.hold();
  const completed = vi.fn();
  commitMutation<relayAskMutation>(environment, {
    mutation: ask,
    variables: { sessionId, prompt: held.prompt },
    onCompleted: completed,
    onError: (error) => expect.unreachable(error.message),
  });
  const call = await held.nextCall();
  const records = () => environment.getStore().getSource().toJSON() as Records;
  const ofType = (name: string) =>
    Object.values(records()).filter((record) => record?.__typename === name);
  await vi.waitUntil(() => ofType('Turn').length > 0);
  expect(ofType('AssistantMessage')).toEqual([]);
  expect(completed).not.toHaveBeenCalled();

  call.write('Later.');
  call.finish();
  await vi.waitUntil(() => completed.mock.calls.length > 0);
  const [{ sendMessage }] = completed.mock.calls[0] as [relayAskMutation['response']];
  const { finishedTurn } = await waitForFragmentData<relay_answer$key>(
    environment,
    answer,
    sendMessage!,
  );
  expect(finishedTurn).toMatchObject({
    id: sendMessage!.turn.id,
    state: 'COMPLETED',
    reply: { content: 'Later.' },
  });
  await sockets.dispose();
});

type Records = Readonly<Record<string, { readonly __typename: string } | null>>;
