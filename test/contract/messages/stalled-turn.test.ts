import { describe, expect, it } from 'vitest';

import { holds, mergeUntil } from '../../support/clients/merged-until.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { messageDelta, sessionEvents } from '../../support/operations/events.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { prepareDelegation } from '../../support/operations/subagents.ts';
import { ask, fetchTurn, send } from '../../support/operations/turns.ts';
import {
  provideShareableRuntime,
  startOtherClient,
} from '../../support/runtimes/external-runtime.ts';

const env = { TURN_STALL_TIMEOUT: '2s' };
const stalled = { state: 'FAILED', error: { code: 'TURN_STALLED', retryable: true } };

describe.each(streamingTransports)('a silent turn, over %s', (transport) => {
  it('fails with TURN_STALLED when the model never responds, and the session continues to work', async () => {
    await using gateway = await startTestGateway({ env });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    expect(await ask(client, sessionId, held.prompt)).toMatchObject(stalled);
    expect((await fetchSession(client, sessionId)).currentTurn).toBeNull();
    expect(await ask(client, sessionId, prompts.short)).toMatchObject({
      state: 'COMPLETED',
      reply: { content: answers.short },
    });
  });

  it('fails with TURN_STALLED when the model stops during an answer, and discards the partial text', async () => {
    await using gateway = await startTestGateway({ env });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using deltas = await client.subscribe(messageDelta, { sessionId });
    const held = gateway.model.hold();
    const { turn } = await send(client, sessionId, held.prompt);
    (await held.nextCall()).write('Never fini');
    await mergeUntil(deltas, holds('Never fini'));
    await mergeUntil(deltas, holds());
    expect(await fetchTurn(client, sessionId, turn.id)).toMatchObject(stalled);
    expect(await ask(client, sessionId, prompts.short)).toMatchObject({ state: 'COMPLETED' });
  });

  it('fails with TURN_STALLED when the model of a sub-agent never responds', async () => {
    await using gateway = await startTestGateway({ env });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const { main, sub } = prepareDelegation(gateway.model);
    const answered = ask(client, sessionId, main.prompt);
    (await main.nextCall()).callTool('task', sub.task);
    await sub.nextCall();
    expect(await answered).toMatchObject(stalled);
    expect(await ask(client, sessionId, prompts.short)).toMatchObject({ state: 'COMPLETED' });
  });

  it('continues as long as the model writes occasionally', async () => {
    await using gateway = await startTestGateway({ env });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    await using deltas = await client.subscribe(messageDelta, { sessionId });
    const answered = ask(client, sessionId, held.prompt);
    const call = await held.nextCall();
    const silentId = await createTestSession(gateway, client);
    const over = new AbortController();
    const silent = ask(client, silentId, gateway.model.hold().prompt).finally(() => {
      over.abort();
    });
    let whole = '';
    for (let piece = 0; !over.signal.aborted; piece++) {
      whole += `${piece} `;
      call.write(`${piece} `);
      await mergeUntil(deltas, holds(whole));
    }
    call.finish();
    expect(await silent).toMatchObject(stalled);
    expect(await answered).toMatchObject({ state: 'COMPLETED', reply: { content: whole } });
  });

  it('continues while a tool runs, however long the tool is silent', async () => {
    await using runtime = await provideShareableRuntime();
    await using gateway = await startTestGateway({ env: { ...env, ...runtime.env } });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.short);
    let finishTool = (_result: string): void => undefined;
    await using other = await startOtherClient(runtime);
    await other.resumeSession(sessionId, {
      model: gateway.model.name,
      streaming: true,
      provider: { type: 'openai', baseUrl: gateway.model.baseUrl, apiKey: 'other-key' },
      onPermissionRequest: () => ({ kind: 'approve-once' }),
      tools: [
        {
          name: 'slow_tool',
          description: 'Takes its time.',
          parameters: { type: 'object', properties: {} },
          skipPermission: true,
          handler: () =>
            new Promise<string>((resolve) => {
              finishTool = resolve;
            }),
        },
      ],
    });
    const { cursor: after } = await fetchSession(client, sessionId);
    await using events = await client.subscribe(sessionEvents, { sessionId, after });
    const held = gateway.model.hold();
    const { turn } = await send(client, sessionId, held.prompt);
    (await held.nextCall()).callTool('slow_tool', {});
    await events.next(({ sessionEvents: { toolCall } }) => toolCall?.state === 'RUNNING');
    // Another turn begins later, and its time is up earlier.
    const otherId = await createTestSession(gateway, client);
    expect(await ask(client, otherId, gateway.model.hold().prompt)).toMatchObject(stalled);
    expect(await fetchTurn(client, sessionId, turn.id)).toMatchObject({ state: 'RUNNING' });

    finishTool('At last.');
    const call = await held.nextCall();
    call.write('The tool is done.');
    call.finish();
    const { sessionEvents: end } = await events.next(
      ({ sessionEvents: event }) => event.turn?.state === 'COMPLETED',
    );
    expect(end.turn?.reply?.content).toBe('The tool is done.');
  });
});
