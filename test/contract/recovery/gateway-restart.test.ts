import { describe, expect, it } from 'vitest';

import { transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { ask, fetchTurn, send } from '../../support/operations/turns.ts';

const instructions = 'Always answer in the style of a lighthouse keeper.';

describe.each(transports)('after a restart of the gateway, over %s', (transport) => {
  it('a session is unchanged', async () => {
    await using gateway = await startTestGateway();
    const before = gateway.connect(transport);
    const labels = [{ key: 'team', value: 'docs' }];
    const sessionId = await createTestSession(gateway, before, {
      title: 'A title of my own',
      labels,
      instructions,
      reasoningEffort: 'LOW',
    });
    const turn = await ask(before, sessionId, prompts.story);
    const failed = await ask(before, sessionId, prompts.refused);
    const { messages } = await fetchSession(before, sessionId);
    await gateway.restart();

    const after = gateway.connect(transport);
    expect(await fetchSession(after, sessionId)).toMatchObject({
      id: sessionId,
      state: 'DISCONNECTED',
      title: 'A title of my own',
      model: gateway.model.name,
      reasoningEffort: 'LOW',
      labels,
      currentTurn: null,
      messages,
    });
    expect(await fetchTurn(after, sessionId, turn.id)).toEqual(turn);
    expect(await fetchTurn(after, sessionId, failed.id)).toEqual(failed);
  });

  it('the next message continues with the same context and settings', async () => {
    await using gateway = await startTestGateway();
    const before = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, before, { instructions });
    await ask(before, sessionId, prompts.story);
    await gateway.restart();

    const after = gateway.connect(transport);
    const turn = await ask(after, sessionId, prompts.short);
    expect(turn).toMatchObject({ state: 'COMPLETED', reply: { content: answers.short } });
    const asked = gateway.model.requests.at(-1)!;
    const heard = JSON.stringify(asked.messages);
    expect(asked.model).toBe(gateway.model.name);
    for (const part of [instructions, prompts.story, 'Once upon a time', prompts.short]) {
      expect(heard).toContain(part);
    }
    expect(
      (await fetchSession(after, sessionId)).messages.nodes.map(({ content }) => content),
    ).toEqual([prompts.story, answers.story, prompts.short, answers.short]);
  });

  it('a turn that was running has failed with TURN_INTERRUPTED, and the session continues to work', async () => {
    await using gateway = await startTestGateway();
    const before = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, before);
    const held = gateway.model.hold();
    const { turn } = await send(before, sessionId, held.prompt);
    (await held.nextCall()).write('Never fini');
    await gateway.restart();

    const after = gateway.connect(transport);
    expect(await fetchTurn(after, sessionId, turn.id)).toMatchObject({
      state: 'FAILED',
      reply: null,
      error: { code: 'TURN_INTERRUPTED', retryable: true },
    });
    expect((await fetchSession(after, sessionId)).currentTurn).toBeNull();
    expect(await ask(after, sessionId, prompts.short)).toMatchObject({ state: 'COMPLETED' });
  });
});
