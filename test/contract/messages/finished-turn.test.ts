import { describe, expect, it } from 'vitest';

import { graphql } from '../../generated/operations/gql.ts';
import { transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { ask, askAndWait, fetchTurn } from '../../support/operations/turns.ts';

const deferred = graphql(`
  mutation SendWithDeferredTurn($input: SendMessageInput!) {
    sendMessage(input: $input) {
      turn {
        id
      }
      ... @defer {
        finishedTurn {
          state
          reply {
            content
          }
        }
      }
    }
  }
`);

const waits = [
  'finishedTurn(timeoutMs: $ms) { id }',
  'late: finishedTurn(timeoutMs: $ms) { id } finishedTurn { id }',
  '... on SendMessagePayload { ...Waits }',
  '... @defer { finishedTurn(timeoutMs: $ms) { id } }',
].map((selected) => ({
  selected,
  operation: `mutation ($input: SendMessageInput!, $ms: Int!) {
    sendMessage(input: $input) { turn { id } ${selected} }
  }${selected.includes('Waits') ? ' fragment Waits on SendMessagePayload { finishedTurn(timeoutMs: $ms) { id } }' : ''}`,
}));

describe.each(transports)('finishedTurn over %s', (transport) => {
  it.each(waits)(
    'is rejected before anything is sent when it cannot be awaited: $selected',
    async ({ operation }) => {
      await using gateway = await startTestGateway();
      const client = gateway.connect(transport);
      const sessionId = await createTestSession(gateway, client);
      for (const ms of [0, -1, 600_001]) {
        const variables = { input: { sessionId, prompt: prompts.short }, ms };
        const failed = await client.run(operation, variables).catch((error: unknown) => error);
        expect(failed).toMatchObject({ code: 'BAD_USER_INPUT' });
      }
      expect(await fetchSession(client, sessionId)).toMatchObject({
        state: 'IDLE',
        currentTurn: null,
        messages: { nodes: [] },
      });
    },
  );

  it('returns the turn when it has ended', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const turn = await ask(client, sessionId, prompts.story);

    expect(turn).toMatchObject({
      state: 'COMPLETED',
      reply: { content: answers.story, turnId: turn.id },
      error: null,
    });
    expect(await fetchTurn(client, sessionId, turn.id)).toEqual(turn);
    const { messages } = await fetchSession(client, sessionId);
    expect(messages.nodes).toMatchObject([
      { __typename: 'UserMessage', content: prompts.story, turnId: turn.id },
      { __typename: 'AssistantMessage', content: answers.story, turnId: turn.id },
    ]);
  });

  it('returns the running turn when timeoutMs has passed, and the turn continues', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    const input = { sessionId, prompt: held.prompt };
    const { sendMessage: sent } = await client.run(askAndWait, { input, timeoutMs: 1 });
    expect(['QUEUED', 'RUNNING']).toContain(sent.finishedTurn.state);
    expect((await fetchSession(client, sessionId)).currentTurn).toMatchObject({ id: sent.turn.id });

    const call = await held.nextCall();
    call.write('Late.');
    call.finish();
    expect(await ask(client, sessionId, prompts.short)).toMatchObject({ state: 'COMPLETED' });
    expect(await fetchTurn(client, sessionId, sent.turn.id)).toMatchObject({
      state: 'COMPLETED',
      reply: { content: 'Late.' },
    });
  });

  it('arrives after the rest of the response with @defer', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    await using parts = client.payloads(deferred, { input: { sessionId, prompt: held.prompt } });

    const first = await parts.next();
    const turnId = first.data?.sendMessage.turn.id;
    expect(first).toEqual({ data: { sendMessage: { turn: { id: turnId } } }, hasNext: true });
    expect((await fetchSession(client, sessionId)).currentTurn?.id).toBe(turnId);

    const call = await held.nextCall();
    call.write('Here it is.');
    call.finish();
    const [, ...rest] = await parts.collectAll();
    const later = rest.flatMap(({ incremental }) => incremental ?? []);
    expect(later).toMatchObject([
      {
        path: ['sendMessage'],
        data: { finishedTurn: { state: 'COMPLETED', reply: { content: 'Here it is.' } } },
      },
    ]);
    expect(rest.at(-1)?.hasNext).toBe(false);
  });
});
