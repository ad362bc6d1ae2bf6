import type { CopilotClient, CopilotSession } from '@github/copilot-sdk';
import { describe, expect, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import type { Client } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { KillableGateway } from '../../support/gateway/killable-gateway.ts';
import type { HeldPrompt } from '../../support/models/scripted-model.ts';
import { fetchUsage } from '../../support/operations/agent-events.ts';
import { sessionEvents } from '../../support/operations/events.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { readStatus } from '../../support/operations/status.ts';
import { ask, send } from '../../support/operations/turns.ts';
import {
  provideShareableRuntime,
  startOtherClient,
} from '../../support/runtimes/external-runtime.ts';
import { TcpProxy } from '../../support/services/tcp-proxy.ts';

/** Without somebody else the runtime would stop what its last client has left. */
async function stay(other: CopilotClient, sessionId: string): Promise<CopilotSession> {
  return other.resumeSession(sessionId, { onPermissionRequest: () => ({ kind: 'reject' }) });
}

function replied(session: CopilotSession): Promise<void> {
  return new Promise((resolve) => {
    session.on('assistant.idle', () => {
      resolve();
    });
  });
}

async function untilCounted(
  client: Client,
  turn: { sessionId: string; id: string },
  inputTokens: number,
): Promise<Awaited<ReturnType<typeof fetchUsage>>> {
  let usage: Awaited<ReturnType<typeof fetchUsage>> | undefined;
  await waitUntil(
    async () => {
      usage = await fetchUsage(client, turn.sessionId, turn.id);
      return usage.session.inputTokens >= inputTokens;
    },
    { what: () => `${inputTokens} tokens to be counted: ${JSON.stringify(usage)}` },
  );
  return usage!;
}

/** A first call that asks for a tool, and its answer as the second. */
async function secondCall(held: HeldPrompt, [input, output, cached]: [number, number, number]) {
  const call = await held.nextCall();
  call.reportUsage(input, output, cached);
  call.write('I may not.');
  return call;
}

const whole = { inputTokens: 250, outputTokens: 25, cacheReadTokens: 160 };

describe('a model call that the runtime makes while the gateway is detached', () => {
  it('is counted for its turn and session after the connection to the runtime dropped', async () => {
    await using runtime = await provideShareableRuntime();
    await using link = await TcpProxy.start(Number(runtime.url.split(':')[1]));
    await using gateway = await startTestGateway({
      env: { ...runtime.env, CLI_URL: `127.0.0.1:${link.port}` },
    });
    const client = gateway.connect('WebSocket');
    const sessionId = await createTestSession(gateway, client);
    await using events = await client.subscribe(sessionEvents, { sessionId });
    await using other = await startOtherClient(runtime);
    const held = gateway.model.hold();
    const { turn } = await send(client, sessionId, held.prompt);
    const first = await held.nextCall();
    const theirs = await stay(other, sessionId);
    const finished = replied(theirs);
    first.reportUsage(50, 5, 10);

    link.stall();
    link.cut();
    await events.next(({ sessionEvents: event }) => event.runtimeState === 'LOST');
    first.callTool('report_intent', { intent: 'Looking' });
    (await secondCall(held, [200, 20, 150])).finish();
    await finished;
    link.resume();
    await events.next(({ sessionEvents: event }) => event.turn?.state === 'COMPLETED');
    const usage = await untilCounted(client, { sessionId, id: turn.id }, 250);
    expect(usage).toMatchObject({ turn: whole, session: { ...whole, turns: 1 } });
    await waitUntil(async () => (await client.run(readStatus)).status.healthy, {
      what: () => 'the link to be well again',
    });
  });

  it('is counted for its turn and session after the gateway was killed', async () => {
    await using runtime = await provideShareableRuntime();
    await using gateway = await KillableGateway.start({
      env: { CLI_URL: runtime.url, COPILOT_CONNECTION_TOKEN: runtime.token },
    });
    const { client } = gateway;
    const sessionId = await createTestSession(gateway, client);
    await using other = await startOtherClient(runtime);
    const held = gateway.model.hold();
    const { turn } = await send(client, sessionId, held.prompt);
    const first = await held.nextCall();
    const theirs = await stay(other, sessionId);
    const finished = replied(theirs);
    first.reportUsage(50, 5, 10);
    first.callTool('report_intent', { intent: 'Looking' });
    const second = await secondCall(held, [200, 20, 150]);
    const ofTurn = { sessionId, id: turn.id };
    await untilCounted(client, ofTurn, 50);

    await gateway.kill();
    second.callTool('report_intent', { intent: 'Looking again' });
    const third = await held.nextCall();
    await gateway.startAgain();
    await resume(client, sessionId);
    const usage = await untilCounted(client, ofTurn, 250);
    expect(usage).toMatchObject({ turn: whole, session: { ...whole, turns: 1 } });
    // Its turn counts as interrupted: what it costs from here on is the session's only.
    third.reportUsage(1_000, 100);
    third.write('Done.');
    third.finish();
    await finished;
    expect(await untilCounted(client, ofTurn, 1_250)).toMatchObject({ turn: whole });
  }, 40_000);

  it('is counted once across gateway restarts', async () => {
    await using runtime = await provideShareableRuntime();
    await using gateway = await startTestGateway({ env: runtime.env });
    const before = gateway.connect('WebSocket');
    const sessionId = await createTestSession(gateway, before);
    const spend = async (client: Client, tokens: number): Promise<string> => {
      const held = gateway.model.hold();
      const asked = ask(client, sessionId, held.prompt);
      const call = await held.nextCall();
      call.reportUsage(tokens, 1);
      call.write('Done.');
      call.finish();
      return (await asked).id;
    };
    const firstId = await spend(before, 100);
    await using other = await startOtherClient(runtime);
    await stay(other, sessionId);
    await gateway.restart();

    const after = gateway.connect('WebSocket');
    // When the second ends, what the runtime had to tell at the end of the first has been read.
    await spend(after, 20);
    const lastId = await spend(after, 3);
    const usage = await untilCounted(after, { sessionId, id: lastId }, 123);
    expect(usage).toMatchObject({
      turn: { inputTokens: 3 },
      session: { turns: 3, inputTokens: 123, outputTokens: 3 },
    });
    const { turn: first } = await fetchUsage(after, sessionId, firstId);
    expect(first).toMatchObject({ inputTokens: 100, outputTokens: 1 });
  });

  it("is not counted when it precedes the gateway's knowledge of the session", async () => {
    await using runtime = await provideShareableRuntime();
    await using gateway = await startTestGateway({ env: runtime.env });
    await using other = await startOtherClient(runtime);
    const client = gateway.connect('WebSocket');
    const sessionId = gateway.createSessionId();
    const session = await other.createSession({
      sessionId,
      model: gateway.model.name,
      streaming: true,
      provider: { type: 'openai', baseUrl: gateway.model.baseUrl, apiKey: 'other-key' },
    });
    const held = gateway.model.hold();
    const answered = session.sendAndWait({ prompt: held.prompt });
    const theirs = await held.nextCall();
    theirs.reportUsage(1_000, 100);
    theirs.write('Theirs.');
    theirs.finish();
    await answered;

    await waitUntil(() => resume(client, sessionId).then(Boolean, () => false), {
      what: () => 'the session to be known',
    });
    const next = gateway.model.hold();
    const asked = ask(client, sessionId, next.prompt);
    const call = await next.nextCall();
    call.reportUsage(7, 1);
    call.write('Ours.');
    call.finish();
    const { id } = await asked;
    expect(await untilCounted(client, { sessionId, id }, 7)).toMatchObject({
      session: { inputTokens: 7, outputTokens: 1 },
    });
  });
});

function resume(client: Client, sessionId: string): Promise<unknown> {
  const operation = `mutation ($id: ID!) { resumeSession(input: { sessionId: $id }) { session { id } } }`;
  return client.run(operation, { id: sessionId });
}
