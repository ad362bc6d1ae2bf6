import { describe, expect, it } from 'vitest';

import { type Client, transports } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { ask, sendMessage, type SentMessage } from '../../support/operations/turns.ts';

async function sendAs(
  client: Client,
  sessionId: string,
  clientMessageId: string,
): Promise<SentMessage> {
  const input = { sessionId, prompt: prompts.short, clientMessageId };
  return (await client.run(sendMessage, { input })).sendMessage;
}

/** Messages are answered in their order: after one more, all that was sent before is there. */
async function allSaid(client: Client, sessionId: string): Promise<string[]> {
  await ask(client, sessionId, prompts.story);
  const { messages } = await fetchSession(client, sessionId);
  return messages.nodes.map(({ content }) => content);
}

function callsOfModel({ model }: TestGateway): number {
  return model.requests.filter(({ messages }) =>
    JSON.stringify(messages.findLast(({ role }) => role === 'user')).includes(prompts.short),
  ).length;
}

const saidOnce = [prompts.short, answers.short, prompts.story, answers.story];
const saidTwice = [prompts.short, answers.short, ...saidOnce];

describe.each(transports)('clientMessageId, over %s', (transport) => {
  it('sends a message once when it is sent twice, also after its turn has ended', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const first = await sendAs(client, sessionId, 'mine');
    const second = await sendAs(client, sessionId, 'mine');
    expect(second).toMatchObject({ cursor: first.cursor, turn: { id: first.turn.id } });
    expect(await allSaid(client, sessionId)).toEqual(saidOnce);
    const third = await sendAs(client, sessionId, 'mine');
    expect(third).toEqual({
      cursor: first.cursor,
      turn: { id: first.turn.id, state: 'COMPLETED' },
    });
    expect(callsOfModel(gateway)).toBe(1);
  });

  it('sends a message once when it is sent concurrently', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const sent = await Promise.all([1, 2, 3, 4].map(() => sendAs(client, sessionId, 'mine')));
    expect(new Set(sent.map(({ turn }) => turn.id)).size).toBe(1);
    expect(new Set(sent.map(({ cursor }) => cursor)).size).toBe(1);
    expect(await allSaid(client, sessionId)).toEqual(saidOnce);
    expect(callsOfModel(gateway)).toBe(1);
  });

  it('sends a message once when it is sent again after a restart of the gateway', async () => {
    await using gateway = await startTestGateway();
    const before = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, before);
    const first = await sendAs(before, sessionId, 'mine');
    expect(await allSaid(before, sessionId)).toEqual(saidOnce);
    await gateway.restart();

    const after = gateway.connect(transport);
    const second = await sendAs(after, sessionId, 'mine');
    expect(second).toEqual({
      cursor: first.cursor,
      turn: { id: first.turn.id, state: 'COMPLETED' },
    });
    expect(callsOfModel(gateway)).toBe(1);
  });

  it('is scoped to its session', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const [one, two] = [
      await createTestSession(gateway, client),
      await createTestSession(gateway, client),
    ];
    const sent = [
      await sendAs(client, one, 'mine'),
      await sendAs(client, one, 'Mine'),
      await sendAs(client, two, 'mine'),
    ];
    expect(new Set(sent.map(({ turn }) => turn.id)).size).toBe(3);
    expect(await allSaid(client, one)).toEqual(saidTwice);
    expect(await allSaid(client, two)).toEqual(saidOnce);
    expect(callsOfModel(gateway)).toBe(3);
  });

  it.each([
    ['empty', ''],
    ['too long', 'x'.repeat(129)],
  ])('is refused by name when it is %s', async (_what, clientMessageId) => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const input = { sessionId, prompt: prompts.short, clientMessageId };
    expect((await client.execute(sendMessage, { input })).errors).toMatchObject([
      {
        message: expect.stringContaining('clientMessageId') as string,
        path: ['sendMessage'],
        extensions: { code: 'BAD_USER_INPUT', retryable: false },
      },
    ]);
    expect((await fetchSession(client, sessionId)).messages.nodes).toEqual([]);
  });

  it('accepts the maximum length', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const sent = await sendAs(client, sessionId, 'x'.repeat(128));
    expect((await sendAs(client, sessionId, 'x'.repeat(128))).turn.id).toBe(sent.turn.id);
  });
});
