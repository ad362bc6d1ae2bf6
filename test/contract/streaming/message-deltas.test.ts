import { describe, expect, it } from 'vitest';

import { MergedTexts } from '../../support/clients/merge.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { collectText, messageDelta } from '../../support/operations/events.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { send } from '../../support/operations/turns.ts';

describe.each(streamingTransports)('messageDelta over %s', (transport) => {
  it('emits each delta while the model is still writing', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using deltas = await client.subscribe(messageDelta, { sessionId });
    const held = gateway.model.hold();
    await send(client, sessionId, held.prompt);
    const call = await held.nextCall();

    const pieces = ['One ', 'two ', 'three 🌉 ', 'four ', 'five ', 'six.'];
    const seen = new MergedTexts();
    let expected = '';
    for (const piece of pieces) {
      call.write(piece);
      expected += piece;
      const { messageDelta: delta } = await deltas.next();
      seen.apply(delta);
      expect(delta).toMatchObject({ state: 'STREAMING', kind: 'CONTENT', text: piece });
      expect(seen.getOnly()).toBe(expected);
    }
    expect((await fetchSession(client, sessionId)).state).toBe('RUNNING');

    call.finish();
    for (const delta of await collectText(deltas)) seen.apply(delta);
    expect(seen.getOnly()).toBe(pieces.join(''));
  });

  it('adds up to the message in the history', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using deltas = await client.subscribe(messageDelta, { sessionId });
    const { turn } = await send(client, sessionId, prompts.story);

    const story = await collectText(deltas);
    const streamed = story.filter(({ state }) => state === 'STREAMING');
    expect(streamed.length).toBeGreaterThanOrEqual(5);
    expect(new Set(story.map(({ turnId }) => turnId))).toEqual(new Set([turn.id]));
    expect(new MergedTexts(story).getOnly()).toBe(answers.story);
    const { messages } = await fetchSession(client, sessionId);
    expect(messages.nodes.at(-1)).toMatchObject({
      __typename: 'AssistantMessage',
      id: story[0]?.messageId,
      content: answers.story,
    });
  });

  it('yields the same text to every client', async () => {
    await using gateway = await startTestGateway();
    const [first, second] = [gateway.connect(transport), gateway.connect(transport)];
    const sessionId = await createTestSession(gateway, first);
    await using one = await first.subscribe(messageDelta, { sessionId });
    await using other = await second.subscribe(messageDelta, { sessionId });
    await send(second, sessionId, prompts.story);

    const texts = await Promise.all([collectText(one), collectText(other)]);
    expect(texts.map((text) => new MergedTexts(text).getOnly())).toEqual([
      answers.story,
      answers.story,
    ]);
    expect(texts[0].at(-1)).toEqual(texts[1].at(-1));
  });
});
