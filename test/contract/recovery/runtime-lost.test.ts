import { describe, expect, it } from 'vitest';

import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { sessionEvents } from '../../support/operations/events.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { readStatus, statusChanged } from '../../support/operations/status.ts';
import { ask, fetchTurn, send, sendMessage } from '../../support/operations/turns.ts';
import { ExternalRuntime } from '../../support/runtimes/external-runtime.ts';

describe.each(streamingTransports)('a runtime that is killed, over %s', (transport) => {
  it('is reported as LOST and then CONNECTED, and subscriptions stay open', async () => {
    await using runtime = await ExternalRuntime.start();
    await using gateway = await startTestGateway({ env: runtime.env });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.story);
    const types = ['RUNTIME_CHANGED', 'TURN_CHANGED'] as const;
    await using events = await client.subscribe(sessionEvents, { sessionId, types });
    await using statuses = await client.subscribe(statusChanged);
    expect((await statuses.next()).statusChanged.healthy).toBe(true);
    const held = gateway.model.hold();
    const { turn } = await send(client, sessionId, held.prompt);
    (await held.nextCall()).write('Never fini');

    await runtime.kill();
    const killedAt = performance.now();
    await statuses.next((value) => !value.statusChanged.healthy);
    expect(performance.now() - killedAt).toBeLessThan(10_000);
    expect((await client.run(readStatus)).status.healthy).toBe(false);
    await events.next(({ sessionEvents: event }) => event.turn?.error?.code === 'TURN_INTERRUPTED');
    await events.next(({ sessionEvents: event }) => event.runtimeState === 'LOST');
    const input = { sessionId, prompt: prompts.short };
    expect((await client.execute(sendMessage, { input })).errors).toMatchObject([
      { path: ['sendMessage'], extensions: { code: 'RUNTIME_UNAVAILABLE', retryable: true } },
    ]);

    await runtime.start();
    await statuses.next((value) => value.statusChanged.healthy);
    await events.next(({ sessionEvents: event }) => event.runtimeState === 'CONNECTED');
    expect((await client.run(readStatus)).status.runtimes).toMatchObject([
      { state: 'CONNECTED', lastError: null },
    ]);
    const next = await ask(client, sessionId, prompts.short);
    expect(next).toMatchObject({ state: 'COMPLETED', reply: { content: answers.short } });
    await events.next(({ sessionEvents: event }) => event.turn?.id === next.id);
    expect(await fetchTurn(client, sessionId, turn.id)).toMatchObject({
      state: 'FAILED',
      error: { code: 'TURN_INTERRUPTED', retryable: true },
    });
    const said = (await fetchSession(client, sessionId)).messages.nodes.map(
      ({ content }) => content,
    );
    // Whether the runtime had written down the prompt when it was killed is a matter of luck.
    expect(said.filter((content) => content !== held.prompt)).toEqual([
      prompts.story,
      answers.story,
      prompts.short,
      answers.short,
    ]);
  });
});
