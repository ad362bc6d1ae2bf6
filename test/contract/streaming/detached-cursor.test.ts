import { describe, expect, it } from 'vitest';

import { holdsComplete, mergeUntil } from '../../support/clients/merged-until.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { messageDelta, sessionEvents } from '../../support/operations/events.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { ask } from '../../support/operations/turns.ts';

describe.each(streamingTransports)('the cursor of an unused session, over %s', (transport) => {
  it('continues exactly what `messages` returned, after a restart', async () => {
    await using gateway = await startTestGateway();
    const before = gateway.connect('HTTP');
    const sessionId = await createTestSession(gateway, before);
    await ask(before, sessionId, prompts.story);
    await ask(before, sessionId, prompts.reasoning);
    await gateway.restart();

    const client = gateway.connect(transport);
    const { cursor: after, messages, state } = await fetchSession(client, sessionId);
    expect(state).toBe('DISCONNECTED');
    expect(messages.nodes.map(({ content }) => content)).toEqual([
      prompts.story,
      answers.story,
      prompts.reasoning,
      answers.afterThought,
    ]);
    expect((await fetchSession(client, sessionId)).cursor).toBe(after);

    await using deltas = await client.subscribe(messageDelta, { sessionId, after });
    await using events = await client.subscribe(sessionEvents, {
      sessionId,
      after,
      types: ['USER_MESSAGE_ADDED', 'ASSISTANT_MESSAGE_COMPLETED'],
    });
    await ask(client, sessionId, prompts.short);
    await mergeUntil(deltas, holdsComplete(answers.short));
    const steps = await events.collectUntil(({ sessionEvents: event }) => !!event.assistantMessage);
    expect(
      steps.map(
        ({ sessionEvents: { userMessage, assistantMessage } }) =>
          (userMessage ?? assistantMessage)?.content,
      ),
    ).toEqual([prompts.short, answers.short]);
  });

  it('of a session without messages leads to its first answer', async () => {
    await using gateway = await startTestGateway();
    const sessionId = await createTestSession(gateway, gateway.connect('HTTP'));
    await gateway.restart();

    const client = gateway.connect(transport);
    const { cursor: after, messages } = await fetchSession(client, sessionId);
    expect(messages.nodes).toEqual([]);
    await ask(client, sessionId, prompts.short);
    await using deltas = await client.subscribe(messageDelta, { sessionId, after });
    await mergeUntil(deltas, holdsComplete(answers.short));
  });
});
