import { once } from 'node:events';
import { connect as openConnection } from 'node:net';

import { expect, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import { connect, transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { KillableGateway } from '../../support/gateway/killable-gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { messageDelta, sessionEvents } from '../../support/operations/events.ts';
import { createSession, createTestSession } from '../../support/operations/sessions.ts';
import { countOpenSessions, statusChanged } from '../../support/operations/status.ts';
import { askAndWait, send } from '../../support/operations/turns.ts';

/** What an answer that is under way is left. */
const GRACE_MS = 5_000;

it('a WebSocket is closed with 1012, and the stock client reconnects automatically', async () => {
  await using gateway = await startTestGateway();
  const client = gateway.connect('WebSocket');
  const sessionId = await createTestSession(gateway, client);
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

it('an SSE stream gets SHUTTING_DOWN as its last value and then completes', async () => {
  await using gateway = await startTestGateway();
  const client = gateway.connect('SSE');
  await using statuses = client.payloads(statusChanged);
  await statuses.next();
  await gateway.stop();

  const all = await statuses.collectAll();
  expect(all.at(-1)?.errors).toMatchObject([
    { extensions: { code: 'SHUTTING_DOWN', retryable: true } },
  ]);
});

it('a preconnected connection without a request does not delay the shutdown', async () => {
  await using gateway = await startTestGateway();
  const connection = openConnection(Number(new URL(gateway.url).port), '127.0.0.1');
  await once(connection, 'connect');
  const closed = once(connection, 'close');
  // Connections are accepted in their order.
  await countOpenSessions(gateway.connect('WebSocket'));
  const asked = performance.now();
  await gateway.stop();

  expect(performance.now() - asked).toBeLessThan(GRACE_MS);
  await closed;
});

it.each(transports)(
  'an operation that waits for a turn over %s returns the running turn immediately',
  async (name) => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(name);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    await using events = await gateway
      .connect('WebSocket')
      .subscribe(sessionEvents, { sessionId, types: ['TURN_CHANGED'] });
    const answer = client.run(askAndWait, { input: { sessionId, prompt: held.prompt } });
    await held.nextCall();
    await events.next(({ sessionEvents: { turn } }) => turn?.state === 'RUNNING');
    await gateway.stop();

    const { turn, finishedTurn } = (await answer).sendMessage;
    expect(finishedTurn).toMatchObject({ id: turn.id, state: 'RUNNING', reply: null, error: null });
  },
);

it('Ctrl-C during a turn ends the gateway promptly, and waiting operations return the running turn', async () => {
  await using gateway = await KillableGateway.start();
  const { client, current } = gateway;
  const sessionId = await createTestSession(gateway, client);
  const held = gateway.model.hold();
  const answer = client.run(askAndWait, { input: { sessionId, prompt: held.prompt } });
  (await held.nextCall()).write('Never fini');
  const asked = performance.now();
  // A terminal interrupts all that it runs.
  for (const pid of await current.runtimes()) process.kill(pid, 'SIGINT');
  current.process.kill('SIGINT');

  expect((await answer).sendMessage.finishedTurn.reply).toBeNull();
  expect(await current.exit).toBe(0);
  expect(performance.now() - asked).toBeLessThan(GRACE_MS);
});

it.each(['HTTP', 'SSE'] as const)(
  'a runtime call over %s is completed before the shutdown',
  async (name) => {
    await using gateway = await KillableGateway.start({ runtime: 'own' });
    const client = connect(name, { url: gateway.url, openSubscriptions: () => 0 });
    const [runtime] = await gateway.current.runtimes();
    process.kill(runtime!, 'SIGSTOP');
    const answer = client.run(createSession, { input: { sessionId: gateway.createSessionId() } });
    await waitUntil(async () => (await countOpenSessions(client)) === 1, {
      what: () => 'the session to be asked for',
    });
    gateway.current.process.kill('SIGTERM');
    await waitUntil(() => gateway.current.output().includes('shutting down'), {
      what: () => 'the gateway to end',
    });
    process.kill(runtime!, 'SIGCONT');
    expect((await answer).createSession.created).toBe(true);
    expect(await gateway.current.exit).toBe(0);
  },
);
