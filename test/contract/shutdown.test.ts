import { expect, it } from 'vitest';

import { askAndWait, messageDelta, newSession, send, statusChanged } from '../support/chat.ts';
import { startTestGateway } from '../support/gateway.ts';
import { answers, prompts } from '../support/scripted-model.ts';
import { streamingTransports, transports } from '../support/transports.ts';

it('a WebSocket is closed with 1012, and the stock client comes back by itself', async () => {
  await using gateway = await startTestGateway();
  const client = gateway.connect('WebSocket');
  const sessionId = await newSession(gateway, client);
  await using statuses = await client.subscribe(statusChanged);
  await using deltas = await client.subscribe(messageDelta, { sessionId });
  await statuses.next();
  await gateway.restart();

  await client.closes.next(({ code }) => code === 1012);
  expect((await statuses.next()).statusChanged.healthy).toBe(true);
  expect(deltas.hasEnded).toBe(false);
  await send(client, sessionId, prompts.short);
  expect((await deltas.next()).messageDelta.text).toBe(answers.short);
});

it('a stream of server-sent events gets SHUTTING_DOWN as its last value, then completes', async () => {
  await using gateway = await startTestGateway();
  const client = gateway.connect('SSE');
  await using statuses = client.payloads(statusChanged);
  await statuses.next();
  await gateway.stop();

  const all = await statuses.whole();
  expect(all.at(-1)?.errors).toMatchObject([
    { extensions: { code: 'SHUTTING_DOWN', retryable: true } },
  ]);
});

it.each(['HTTP', 'SSE'] as const)(
  'an answer that is under way over %s is finished first',
  async (name) => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(name);
    const sessionId = await newSession(gateway, client);
    const held = gateway.model.hold();
    const input = { sessionId, prompt: held.prompt };
    const answer = client.run(askAndWait, { input });
    const call = await held.call();
    call.write('Just in ');
    const stopped = gateway.stop();
    call.write('time.');
    call.finish();

    expect((await answer).sendMessage.finishedTurn).toMatchObject({
      state: 'COMPLETED',
      reply: { content: 'Just in time.' },
    });
    await stopped;
  },
);

it('nothing of the gateway is left when it has closed', async () => {
  const before = process.getActiveResourcesInfo().filter((name) => name !== 'Immediate');
  {
    await using gateway = await startTestGateway();
    for (const name of transports) await newSession(gateway, gateway.connect(name));
    for (const name of streamingTransports) await gateway.connect(name).subscribe(statusChanged);
  }
  const after = process.getActiveResourcesInfo().filter((name) => name !== 'Immediate');
  const count = (names: readonly string[], kind: RegExp) =>
    names.filter((name) => kind.test(name)).length;
  for (const kind of [/Process/, /TCPServer/]) {
    expect(count(after, kind)).toBe(count(before, kind));
  }
});
