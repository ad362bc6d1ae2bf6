import { describe, expect, it } from 'vitest';

import type { SendMessageInput } from '../../generated/operations/graphql.ts';
import { type Client, streamingTransports, transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { sessionEvents } from '../../support/operations/events.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import {
  abort,
  ask,
  fetchTurn,
  listQueue,
  sendMessage,
  type SentMessage,
  toMessageId,
  writeAnswer,
} from '../../support/operations/turns.ts';

type Message = Omit<SendMessageInput, 'sessionId'>;

async function deliver(client: Client, sessionId: string, message: Message): Promise<SentMessage> {
  return (await client.run(sendMessage, { input: { sessionId, ...message } })).sendMessage;
}

const deliveries = ['ENQUEUE', 'IMMEDIATE', 'REJECT_IF_BUSY', 'INTERRUPT'] as const;

describe.each(transports)('a message over %s', (transport) => {
  it.each(deliveries)('with %s starts a turn immediately while no turn runs', async (delivery) => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    for (const round of [1, 2]) {
      const message = { prompt: prompts.short, delivery, clientMessageId: `mine-${round}` };
      const { turn, cursor } = await deliver(client, sessionId, message);
      await ask(client, sessionId, prompts.story);
      expect(await fetchTurn(client, sessionId, turn.id)).toMatchObject({
        state: 'COMPLETED',
        reply: { content: answers.short },
      });
      expect(await deliver(client, sessionId, message)).toEqual({
        cursor,
        turn: { id: turn.id, state: 'COMPLETED' },
      });
    }
    expect((await fetchSession(client, sessionId)).messages.nodes).toHaveLength(8);
  });

  it('with IMMEDIATE joins the running turn before queued messages', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const [held, steering] = [gateway.model.hold(), gateway.model.hold()];
    const first = await deliver(client, sessionId, { prompt: held.prompt });
    const call = await held.nextCall();
    const waiting = await deliver(client, sessionId, { prompt: prompts.short });
    const message = {
      prompt: steering.prompt,
      delivery: 'IMMEDIATE',
      clientMessageId: 'mine',
    } as const;
    const steered = await deliver(client, sessionId, message);
    expect(steered.turn).toEqual({ id: first.turn.id, state: 'RUNNING' });
    expect(await listQueue(client, sessionId)).toMatchObject([{ prompt: prompts.short }]);
    writeAnswer(call, 'So far.');
    const next = await steering.nextCall();
    expect((await deliver(client, sessionId, message)).turn).toEqual(steered.turn);
    expect((await fetchSession(client, sessionId)).currentTurn).toEqual(steered.turn);
    writeAnswer(next, 'As you say.');

    await ask(client, sessionId, prompts.story);
    expect(await fetchTurn(client, sessionId, first.turn.id)).toMatchObject({
      state: 'COMPLETED',
      reply: { content: 'As you say.', turnId: first.turn.id },
    });
    const { messages } = await fetchSession(client, sessionId);
    expect(messages.nodes.slice(0, 6)).toMatchObject([
      { content: held.prompt, turnId: first.turn.id },
      { content: 'So far.', turnId: first.turn.id },
      { content: steering.prompt, turnId: first.turn.id },
      { content: 'As you say.', turnId: first.turn.id },
      { content: prompts.short, turnId: waiting.turn.id },
      { content: answers.short, turnId: waiting.turn.id },
    ]);
    expect((await deliver(client, sessionId, message)).turn.id).toBe(first.turn.id);
  });

  it('with IMMEDIATE is returned by `abortTurn` when it did not reach the agent', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    const { turn } = await deliver(client, sessionId, { prompt: held.prompt });
    await held.nextCall();
    await deliver(client, sessionId, { prompt: prompts.short, delivery: 'IMMEDIATE' });
    const { abortedTurn, discardedMessages } = await abort(client, sessionId, turn.id);
    expect(abortedTurn).toMatchObject({ id: turn.id, state: 'ABORTED' });
    expect(discardedMessages).toMatchObject([{ prompt: prompts.short }]);
    await ask(client, sessionId, prompts.story);
    expect(JSON.stringify(gateway.model.requests)).not.toContain(prompts.short);
  });

  it('with REJECT_IF_BUSY is rejected while a turn runs, and nothing is sent', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    const { turn } = await deliver(client, sessionId, { prompt: held.prompt });
    const call = await held.nextCall();
    const message = {
      prompt: prompts.short,
      delivery: 'REJECT_IF_BUSY',
      clientMessageId: 'mine',
    } as const;
    const input = { sessionId, ...message };
    for (const again of [false, true]) {
      const sent = { ...input, ...(again && { clientMessageId: undefined }) };
      expect((await client.execute(sendMessage, { input: sent })).errors).toMatchObject([
        { path: ['sendMessage'], extensions: { code: 'SESSION_BUSY', retryable: true } },
      ]);
    }
    expect(await listQueue(client, sessionId)).toEqual([]);
    writeAnswer(call, 'Undisturbed.');
    await ask(client, sessionId, prompts.story);
    expect(await fetchTurn(client, sessionId, turn.id)).toMatchObject({ state: 'COMPLETED' });
    expect((await fetchSession(client, sessionId)).messages.nodes).toHaveLength(4);

    const later = await deliver(client, sessionId, message);
    await ask(client, sessionId, prompts.story);
    expect(await fetchTurn(client, sessionId, later.turn.id)).toMatchObject({ state: 'COMPLETED' });
    expect((await deliver(client, sessionId, message)).turn.id).toBe(later.turn.id);
  });

  it('with REJECT_IF_BUSY is accepted once when two arrive at the same time', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    const input = { sessionId, prompt: held.prompt, delivery: 'REJECT_IF_BUSY' } as const;
    const results = await Promise.all([1, 2, 3].map(() => client.execute(sendMessage, { input })));
    const refused = results.filter(({ errors }) => errors !== undefined);
    expect(refused).toHaveLength(2);
    for (const { errors } of refused) {
      expect(errors).toMatchObject([{ extensions: { code: 'SESSION_BUSY' } }]);
    }
    writeAnswer(await held.nextCall(), 'Once.');
    await ask(client, sessionId, prompts.short);
    expect((await fetchSession(client, sessionId)).messages.nodes).toHaveLength(4);
  });

  it('with INTERRUPT stops the running turn and runs next, before queued messages', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const [held, urgent] = [gateway.model.hold(), gateway.model.hold()];
    const first = await deliver(client, sessionId, { prompt: held.prompt });
    (await held.nextCall()).write('Never fini');
    const waiting = await deliver(client, sessionId, { prompt: prompts.short });
    const steering = { prompt: prompts.story, delivery: 'IMMEDIATE' } as const;
    await deliver(client, sessionId, steering);
    const message = {
      prompt: urgent.prompt,
      delivery: 'INTERRUPT',
      clientMessageId: 'mine',
    } as const;
    const interrupting = await deliver(client, sessionId, message);
    expect(await fetchTurn(client, sessionId, first.turn.id)).toMatchObject({
      state: 'ABORTED',
      reply: null,
    });
    const call = await urgent.nextCall();
    expect((await deliver(client, sessionId, message)).turn.id).toBe(interrupting.turn.id);
    expect(await listQueue(client, sessionId)).toMatchObject([
      { prompt: prompts.story },
      { id: toMessageId(waiting.turn.id), prompt: prompts.short },
    ]);
    writeAnswer(call, 'Right away.');
    const last = await ask(client, sessionId, prompts.short);
    const { messages } = await fetchSession(client, sessionId);
    const [, , , taken] = messages.nodes;
    expect(messages.nodes.map(({ content, turnId }) => [content, turnId])).toEqual([
      [held.prompt, first.turn.id],
      [urgent.prompt, interrupting.turn.id],
      ['Right away.', interrupting.turn.id],
      [prompts.story, `turn:${taken!.id}`],
      [answers.story, `turn:${taken!.id}`],
      [prompts.short, waiting.turn.id],
      [answers.short, waiting.turn.id],
      [prompts.short, last.id],
      [answers.short, last.id],
    ]);
    for (const { turn } of [interrupting, waiting]) {
      expect(await fetchTurn(client, sessionId, turn.id)).toMatchObject({ state: 'COMPLETED' });
    }
  });
});

describe.each(streamingTransports)('the timeline over %s', (transport) => {
  it('shows a steered turn as one turn, live and from the journal', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.short);
    const { cursor: after } = await fetchSession(client, sessionId);
    await using live = await client.subscribe(sessionEvents, { sessionId, after });
    const [held, steering] = [gateway.model.hold(), gateway.model.hold()];
    const { turn } = await deliver(client, sessionId, { prompt: held.prompt });
    const call = await held.nextCall();
    await deliver(client, sessionId, { prompt: steering.prompt, delivery: 'IMMEDIATE' });
    writeAnswer(call, 'So far.');
    writeAnswer(await steering.nextCall(), 'As you say.');
    const seen = await live.collectUntil(
      ({ sessionEvents: event }) => event.turn?.state === 'COMPLETED',
    );
    const turnIds = seen.map(
      ({ sessionEvents: event }) => (event as { turnId?: string | null }).turnId,
    );
    expect(new Set(turnIds.filter((id) => id != null))).toEqual(new Set([turn.id]));

    await ask(client, sessionId, prompts.short);
    await gateway.restart();
    const again = gateway.connect(transport);
    await using replayed = await again.subscribe(sessionEvents, { sessionId, after });
    const said = await replayed.collectUntil(
      ({ sessionEvents: event }) => event.assistantMessage?.content === 'As you say.',
    );
    const ids = said.map(({ sessionEvents: event }) => (event as { turnId?: string }).turnId);
    expect(new Set(ids)).toEqual(new Set([turn.id]));
  });
});
