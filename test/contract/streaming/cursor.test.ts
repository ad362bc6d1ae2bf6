import { describe, expect, it } from 'vitest';

import { MergedTexts } from '../../support/clients/merge.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import {
  collectText,
  messageDelta,
  sessionEvents,
  type TimelineEvent,
} from '../../support/operations/events.ts';
import { askAndReject } from '../../support/operations/requests.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { ask, send } from '../../support/operations/turns.ts';

describe.each(streamingTransports)('a cursor over %s', (transport) => {
  it('continues after a reconnect without a gap', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    await using before = await client.subscribe(messageDelta, { sessionId });
    await send(client, sessionId, held.prompt);
    const call = await held.nextCall();
    call.write('Read before. ');
    const { messageDelta: last } = await before.next();
    before.return();

    call.write('Missed. ');
    const witness = gateway.connect(transport);
    await using witnessed = await witness.subscribe(messageDelta, { sessionId });
    await witnessed.next(({ messageDelta: { text } }) => text.endsWith('Missed. '));
    await using after = await client.subscribe(messageDelta, { sessionId, after: last.cursor });
    call.write('Live.');
    call.finish();
    const rest = await collectText(after);

    // The text so far may come whole again, for a client that holds nothing of it; each of them is right.
    const [catchUp, ...live] = rest;
    expect(catchUp?.offset === 0 || catchUp?.offset === last.text.length).toBe(true);
    for (const [index, { offset }] of live.entries()) {
      const { offset: before, text } = rest[index]!;
      expect(offset).toBe(before + text.length);
    }
    expect(new MergedTexts([last, ...rest]).getOnly()).toBe('Read before. Missed. Live.');
    expect(new MergedTexts(rest).getOnly()).toBe('Read before. Missed. Live.');
  });

  it('of any event resumes with exactly the events after it', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const { cursor: start } = await fetchSession(client, sessionId);
    await askAndReject(client, sessionId, prompts.shell);
    const types = [
      'TURN_CHANGED',
      'USER_MESSAGE_ADDED',
      'TOOL_CALL_CHANGED',
      'REQUEST_PENDING',
      'REQUEST_RESOLVED',
    ] as const;
    const stepsAfter = async (after: string): Promise<TimelineEvent[]> => {
      await using timeline = await client.subscribe(sessionEvents, { sessionId, after, types });
      const values = await timeline.collectUntil(
        ({ sessionEvents: event }) => event.turn?.state === 'COMPLETED',
      );
      return values.map((value) => value.sessionEvents);
    };

    const all = await stepsAfter(start);
    expect(all.length).toBeGreaterThan(5);
    for (const [index, { cursor }] of all.slice(0, -1).entries()) {
      expect(await stepsAfter(cursor)).toEqual(all.slice(index + 1));
    }
  });

  it('of sendMessage yields the whole answer to a client that subscribes later', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const { cursor } = await send(client, sessionId, prompts.story);
    await ask(client, sessionId, prompts.short);

    await using deltas = await client.subscribe(messageDelta, { sessionId, after: cursor });
    const story = await collectText(deltas);
    expect(new MergedTexts(story).getOnly()).toBe(answers.story);
  });

  it('of the session continues what `messages` returned', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.story);

    const { cursor, messages } = await fetchSession(client, sessionId);
    expect(messages.nodes.at(-1)?.content).toBe(answers.story);
    await send(client, sessionId, prompts.short);
    await using deltas = await client.subscribe(messageDelta, { sessionId, after: cursor });
    expect(new MergedTexts(await collectText(deltas)).getOnly()).toBe(answers.short);
  });

  it('from before a gateway restart yields all events after it, then live events', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('HTTP');
    const sessionId = await createTestSession(gateway, client);
    const { cursor } = await send(client, sessionId, prompts.short);
    await ask(client, sessionId, prompts.story);
    await gateway.restart();

    const again = gateway.connect(transport);
    await using deltas = await again.subscribe(messageDelta, { sessionId, after: cursor });
    const texts = new MergedTexts();
    await deltas.next(({ messageDelta: delta }) => {
      texts.apply(delta);
      return texts.contents.includes(answers.story);
    });
    await ask(again, sessionId, prompts.short);
    await deltas.next(({ messageDelta: delta }) => {
      texts.apply(delta);
      return texts.contents.filter((text) => text === answers.short).length === 2;
    });
    expect(texts.contents).toEqual([answers.short, answers.story, answers.short]);
  });
});
