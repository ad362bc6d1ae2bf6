import { describe, expect, it } from 'vitest';

import { streamingTransports, transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { messageDelta } from '../../support/operations/events.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import {
  abort,
  abortTurn,
  ask,
  fetchTurn,
  listQueue,
  send,
  toMessageId,
  writeAnswer,
} from '../../support/operations/turns.ts';

describe.each(transports)('`abortTurn` over %s', (transport) => {
  it('stops the running turn, and the session continues with the next message', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    const { turn } = await send(client, sessionId, held.prompt);
    (await held.nextCall()).write('Never fini');

    expect(await abort(client, sessionId, turn.id)).toEqual({
      session: { id: sessionId, state: 'IDLE' },
      abortedTurn: { id: turn.id, state: 'ABORTED', finishedAt: expect.any(String) as string },
      discardedMessages: [],
    });
    expect(await fetchTurn(client, sessionId, turn.id)).toMatchObject({
      state: 'ABORTED',
      reply: null,
      error: null,
    });
    expect(await ask(client, sessionId, prompts.short)).toMatchObject({
      state: 'COMPLETED',
      reply: { content: answers.short },
    });
  });

  it('stops the running turn when no turn id is given, also directly after sending', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    const { turn } = await send(client, sessionId, held.prompt);
    expect(await abort(client, sessionId)).toMatchObject({
      abortedTurn: { id: turn.id, state: 'ABORTED' },
      discardedMessages: [],
    });
    expect((await fetchSession(client, sessionId)).state).toBe('IDLE');
  });

  it('returns the discarded messages in their order', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    const { turn } = await send(client, sessionId, held.prompt);
    await held.nextCall();
    const second = await send(client, sessionId, prompts.story);
    const third = await send(client, sessionId, `${prompts.short}\n  on two lines`);

    const { abortedTurn, discardedMessages } = await abort(client, sessionId, turn.id);
    expect(abortedTurn).toMatchObject({ id: turn.id, state: 'ABORTED' });
    expect(discardedMessages).toMatchObject([
      { id: toMessageId(second.turn.id), prompt: prompts.story },
      { id: toMessageId(third.turn.id), prompt: `${prompts.short}\n  on two lines` },
    ]);
    for (const sent of [second, third]) {
      expect(await fetchTurn(client, sessionId, sent.turn.id)).toMatchObject({ state: 'ABORTED' });
    }
    expect(await listQueue(client, sessionId)).toEqual([]);
    await ask(client, sessionId, prompts.short);
    const { messages } = await fetchSession(client, sessionId);
    expect(messages.nodes.map(({ content }) => content)).toEqual([
      held.prompt,
      prompts.short,
      answers.short,
    ]);
  });

  it('does not affect the next turn when it arrives late', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const finished = await ask(client, sessionId, prompts.short);
    const held = gateway.model.hold();
    const { turn } = await send(client, sessionId, held.prompt);
    const call = await held.nextCall();
    const waiting = await send(client, sessionId, prompts.story);

    const untouched = { abortedTurn: null, discardedMessages: [] };
    expect(await abort(client, sessionId, finished.id)).toMatchObject(untouched);
    expect(await abort(client, sessionId, waiting.turn.id)).toMatchObject(untouched);
    expect(await listQueue(client, sessionId)).toMatchObject([{ prompt: prompts.story }]);
    writeAnswer(call, 'Undisturbed.');
    await ask(client, sessionId, prompts.short);
    expect(await fetchTurn(client, sessionId, turn.id)).toMatchObject({
      state: 'COMPLETED',
      reply: { content: 'Undisturbed.' },
    });
    expect(await fetchTurn(client, sessionId, waiting.turn.id)).toMatchObject({
      state: 'COMPLETED',
    });
  });

  it('stops a turn once when called concurrently', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    const { turn } = await send(client, sessionId, held.prompt);
    await held.nextCall();
    await send(client, sessionId, prompts.story);
    const clicks = await Promise.all([1, 2, 3].map(() => abort(client, sessionId, turn.id)));
    const ids = clicks.map(({ abortedTurn }) => abortedTurn?.id).filter((id) => id !== undefined);
    expect(ids).toEqual([turn.id]);
    expect(clicks.flatMap(({ discardedMessages }) => discardedMessages)).toHaveLength(1);

    const nothing = { session: { state: 'IDLE' }, abortedTurn: null, discardedMessages: [] };
    expect(await abort(client, sessionId)).toMatchObject(nothing);
    expect(await abort(client, sessionId, turn.id)).toMatchObject(nothing);
    expect(await ask(client, sessionId, prompts.short)).toMatchObject({ state: 'COMPLETED' });
  });

  it.each([
    ['a session that does not exist', { sessionId: 'nobody' }, 'SESSION_NOT_FOUND'],
    ['a turn that does not exist', { turnId: 'turn:nothing' }, 'TURN_NOT_FOUND'],
    ['something that is no turn', { turnId: 'nothing' }, 'TURN_NOT_FOUND'],
  ])('of %s is refused', async (_what, wrong, code) => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const input = { sessionId, ...wrong };
    expect((await client.execute(abortTurn, { input })).errors).toMatchObject([
      { path: ['abortTurn'], extensions: { code, retryable: false } },
    ]);
  });
});

describe.each(streamingTransports)(
  'a text that is cut off by `abortTurn`, over %s',
  (transport) => {
    it('is discarded', async () => {
      await using gateway = await startTestGateway();
      const client = gateway.connect(transport);
      const sessionId = await createTestSession(gateway, client);
      await using deltas = await client.subscribe(messageDelta, { sessionId });
      const held = gateway.model.hold();
      await send(client, sessionId, held.prompt);
      (await held.nextCall()).write('Never fini');
      const { messageDelta: begun } = await deltas.next();
      await abort(client, sessionId);
      const { messageDelta: end } = await deltas.next(
        ({ messageDelta: { state } }) => state !== 'STREAMING',
      );
      expect(end).toMatchObject({ messageId: begun.messageId, state: 'DISCARDED' });
    });
  },
);
