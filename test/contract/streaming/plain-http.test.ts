import { expect, it } from 'vitest';

import { startTestGateway } from '../../support/gateway/gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';

it.each([
  'messageDelta(sessionId: $id) { cursor }',
  'sessionInfo(sessionId: $id) { cursor }',
  'sessionEvents(sessionId: $id) { cursor }',
  'sessionsChanged { kind sessionId }',
  'statusChanged { healthy }',
])('plain HTTP refuses to subscribe to %s, and says what to use', async (field) => {
  await using gateway = await startTestGateway();
  const client = gateway.connect('HTTP');
  const id = await createTestSession(gateway, client);
  const variables = field.includes('$id') ? '($id: ID!)' : '';
  const { data, errors } = await client.execute(`subscription ${variables} { ${field} }`, { id });

  expect(data ?? null).toBeNull();
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', retryable: false } }]);
  expect(errors?.[0]?.message).toContain('text/event-stream');
  expect(gateway.services.gateway.activeSubscriptions).toBe(0);
  expect(gateway.findOpenSession(id)?.log.readerCount).toBe(0);
});

it('plain HTTP rejects a deferred response before execution', async () => {
  await using gateway = await startTestGateway();
  const client = gateway.connect('HTTP');
  const id = await createTestSession(gateway, client);
  const { errors } = await client.execute(
    `mutation ($input: SendMessageInput!) {
      sendMessage(input: $input) { turn { id } ... @defer { finishedTurn { state } } }
    }`,
    { input: { sessionId: id, prompt: prompts.short } },
  );

  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', retryable: false } }]);
  expect(await fetchSession(client, id)).toMatchObject({
    currentTurn: null,
    messages: { nodes: [] },
  });
});
