import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import { streamingTransports, transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import {
  createTestSession,
  fetchSession,
  resumeSession,
} from '../../support/operations/sessions.ts';
import { readStatus } from '../../support/operations/status.ts';
import {
  abort,
  ask,
  fetchTurn,
  listQueue,
  queueEvents,
  removeQueuedMessage,
  send,
  toMessageId,
  writeAnswer,
} from '../../support/operations/turns.ts';
import {
  ExternalRuntime,
  provideShareableRuntime,
  startOtherClient,
} from '../../support/runtimes/external-runtime.ts';

describe.each(transports)('the queue over %s', (transport) => {
  it('holds waiting messages, oldest first, until their turn starts', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    expect(await listQueue(client, sessionId)).toEqual([]);
    const held = gateway.model.hold();
    await send(client, sessionId, held.prompt);
    const call = await held.nextCall();
    expect(await listQueue(client, sessionId)).toEqual([]);
    const secret = `Say hello, ${'long '.repeat(500)}and by name`;
    const second = await send(client, sessionId, secret);
    const third = await send(client, sessionId, prompts.story);
    expect(await listQueue(client, sessionId)).toEqual([
      { id: toMessageId(second.turn.id), prompt: secret, queuedAt: expect.any(String) as string },
      {
        id: toMessageId(third.turn.id),
        prompt: prompts.story,
        queuedAt: expect.any(String) as string,
      },
    ]);
    writeAnswer(call, 'First.');
    await ask(client, sessionId, prompts.short);
    expect(await listQueue(client, sessionId)).toEqual([]);

    await gateway.stop();
    const stored = await readFile(join(gateway.dataDir, 'directory.db'), 'latin1');
    expect(stored).toContain(sessionId);
    expect(stored).not.toContain('and by name');
  });

  it('returns a removed message, which the agent never receives', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    await send(client, sessionId, held.prompt);
    const call = await held.nextCall();
    const second = await send(client, sessionId, prompts.story);
    const third = await send(client, sessionId, prompts.short);
    const input = { sessionId, messageId: toMessageId(second.turn.id) };
    expect(await client.run(removeQueuedMessage, { input })).toMatchObject({
      removeQueuedMessage: {
        removedMessage: { id: input.messageId, prompt: prompts.story },
        session: { queuedMessages: [{ id: toMessageId(third.turn.id) }] },
      },
    });
    expect(await fetchTurn(client, sessionId, second.turn.id)).toMatchObject({ state: 'ABORTED' });
    const again = await client.execute(removeQueuedMessage, { input });
    expect(again.errors).toMatchObject([{ extensions: { code: 'TURN_NOT_FOUND' } }]);

    writeAnswer(call, 'First.');
    await ask(client, sessionId, prompts.short);
    expect(JSON.stringify(gateway.model.requests)).not.toContain(prompts.story);
    expect(await fetchTurn(client, sessionId, third.turn.id)).toMatchObject({ state: 'COMPLETED' });
  });

  it('rejects the removal of a message that has started, has ended or does not exist', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const finished = await ask(client, sessionId, prompts.short);
    const held = gateway.model.hold();
    const running = await send(client, sessionId, held.prompt);
    const call = await held.nextCall();
    for (const id of [finished.id, running.turn.id, 'turn:nothing']) {
      const input = { sessionId, messageId: toMessageId(id) };
      const { errors } = await client.execute(removeQueuedMessage, { input });
      expect(errors).toMatchObject([
        { path: ['removeQueuedMessage'], extensions: { code: 'TURN_NOT_FOUND' } },
      ]);
    }
    writeAnswer(call, 'Undisturbed.');
    await ask(client, sessionId, prompts.short);
    expect(await fetchTurn(client, sessionId, running.turn.id)).toMatchObject({
      state: 'COMPLETED',
      reply: { content: 'Undisturbed.' },
    });
    expect(await fetchTurn(client, sessionId, finished.id)).toMatchObject({ state: 'COMPLETED' });
  });

  it('is restored from the runtime after a restart of the gateway', async () => {
    await using runtime = await provideShareableRuntime();
    await using gateway = await startTestGateway({ env: runtime.env });
    await using other = await startOtherClient(runtime);
    const before = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, before);
    await ask(before, sessionId, prompts.short);
    await other.resumeSession(sessionId, {
      model: gateway.model.name,
      streaming: true,
      provider: { type: 'openai', baseUrl: gateway.model.baseUrl, apiKey: 'other-key' },
    });
    const held = gateway.model.hold();
    await send(before, sessionId, held.prompt);
    const call = await held.nextCall();
    const { turn } = await send(before, sessionId, prompts.story);
    await gateway.restart();

    const client = gateway.connect(transport);
    await client.run(resumeSession, { input: { sessionId } });
    expect(await listQueue(client, sessionId)).toMatchObject([
      { id: toMessageId(turn.id), prompt: prompts.story },
    ]);
    expect(await fetchTurn(client, sessionId, turn.id)).toMatchObject({ state: 'QUEUED' });
    writeAnswer(call, 'First.');
    await ask(client, sessionId, prompts.short);
    expect(await fetchTurn(client, sessionId, turn.id)).toMatchObject({ state: 'COMPLETED' });
  });

  it('is lost when the runtime ends', async () => {
    await using runtime = await ExternalRuntime.start();
    await using gateway = await startTestGateway({ env: runtime.env });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.short);
    const held = gateway.model.hold();
    await send(client, sessionId, held.prompt);
    await held.nextCall();
    const { turn } = await send(client, sessionId, prompts.story);
    expect(await listQueue(client, sessionId)).toHaveLength(1);

    await runtime.kill();
    await waitUntil(async () => !(await client.run(readStatus)).status.healthy, {
      what: () => 'the loss to be seen',
    });
    expect(await listQueue(client, sessionId)).toEqual([]);
    expect(await fetchTurn(client, sessionId, turn.id)).toMatchObject({
      state: 'FAILED',
      error: { code: 'TURN_INTERRUPTED', retryable: true },
    });
    await runtime.start();
    await waitUntil(async () => (await client.run(readStatus)).status.healthy, {
      what: () => 'the runtime to be found again',
    });
    expect(await ask(client, sessionId, prompts.short)).toMatchObject({ state: 'COMPLETED' });
    expect(JSON.stringify(gateway.model.requests)).not.toContain(prompts.story);
  });
});

it('an abort that races with the end of a turn does not affect the next turn', async () => {
  await using gateway = await startTestGateway();
  const client = gateway.connect('WebSocket');
  const sessionId = await createTestSession(gateway, client);
  for (let round = 0; round < 10; round++) {
    const held = gateway.model.hold();
    const first = await send(client, sessionId, held.prompt);
    const call = await held.nextCall();
    const second = await send(client, sessionId, prompts.short);
    writeAnswer(call, 'Done.');
    // No event tells of the moment that is looked for: the abort is to meet the end of the turn in the runtime, which
    // comes a few milliseconds after the answer. Each round meets another one, and what is expected holds for all.
    await new Promise((resolve) => setTimeout(resolve, round));
    const { abortedTurn, discardedMessages } = await abort(client, sessionId, first.turn.id);
    await ask(client, sessionId, prompts.short);
    const [one, two] = [
      await fetchTurn(client, sessionId, first.turn.id),
      await fetchTurn(client, sessionId, second.turn.id),
    ];
    expect(one.state).toBe(abortedTurn === null ? 'COMPLETED' : 'ABORTED');
    expect(two.state).toBe(discardedMessages.length === 0 ? 'COMPLETED' : 'ABORTED');
  }
});

describe.each(streamingTransports)('queue changes, over %s', (transport) => {
  it('are emitted to all subscribers of the timeline', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using mine = await client.subscribe(queueEvents, { sessionId });
    await using theirs = await gateway.connect(transport).subscribe(queueEvents, { sessionId });
    const held = gateway.model.hold();
    await send(client, sessionId, held.prompt);
    const call = await held.nextCall();
    const second = await send(client, sessionId, prompts.story);
    const third = await send(client, sessionId, prompts.short);
    const ids = [second, third].map(({ turn }) => toMessageId(turn.id));
    const becomes = async (waiting: readonly string[]): Promise<void> => {
      for (const events of [mine, theirs]) {
        await events.next(
          ({ sessionEvents: { queuedMessages } }) =>
            queuedMessages?.map(({ id }) => id).join() === waiting.join(),
        );
      }
    };
    await becomes(ids);
    await client.run(removeQueuedMessage, { input: { sessionId, messageId: ids[0]! } });
    await becomes(ids.slice(1));
    writeAnswer(call, 'First.');
    await becomes([]);
    const shown = mine.collected.flatMap(({ sessionEvents }) => sessionEvents.queuedMessages ?? []);
    expect(shown.find(({ id }) => id === ids[1])?.prompt).toBe(prompts.short);
    expect((await fetchSession(client, sessionId)).id).toBe(sessionId);
  });
});
