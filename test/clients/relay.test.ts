import {
  commitMutation,
  type Environment,
  fetchQuery,
  type GraphQLTaggedNode,
  type MutationParameters,
} from 'relay-runtime';
import { expect, it } from 'vitest';

import type { relayAskMutation } from '../generated/relay/relayAskMutation.graphql.ts';
import type { relayCreateSessionMutation } from '../generated/relay/relayCreateSessionMutation.graphql.ts';
import type { relayHistoryQuery } from '../generated/relay/relayHistoryQuery.graphql.ts';
import { type Chat, tellOverSockets } from './cut-story.ts';
import {
  askAndWait,
  createSession,
  readHistory,
  relayEnvironment,
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
    ask: (sessionId, prompt) => mutate<relayAskMutation>(askAndWait, { sessionId, prompt }),
    watch: (position, reader) => watchWithRelay(environment, position, reader),
    history: async (sessionId) => {
      const read = await fetchQuery<relayHistoryQuery>(environment, readHistory, {
        sessionId,
      }).toPromise();
      return read?.session?.messages?.nodes;
    },
  };
}

it('Relay goes on where its line was cut, and has no patch in its store', async () => {
  const environments: Environment[] = [];
  await tellOverSockets((url, sockets) => {
    const environment = relayEnvironment(url, sockets);
    environments.push(environment);
    return relayChat(environment);
  });
  const records = JSON.stringify(environments[0]!.getStore().getSource().toJSON());
  expect(records).toContain('AssistantMessage');
  expect(records).not.toContain('MessageDelta');
});
