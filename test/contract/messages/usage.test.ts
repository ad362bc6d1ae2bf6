import { describe, expect, it } from 'vitest';

import type { Client } from '../../support/clients/transports.ts';
import { pushEvent } from '../../support/gateway/attached.ts';
import { compact } from '../../support/gateway/compaction.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import type { HeldPrompt } from '../../support/models/scripted-model.ts';
import { agentEvents, fetchUsage } from '../../support/operations/agent-events.ts';
import { rejectingGateway } from '../../support/operations/requests.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { prepareDelegation } from '../../support/operations/subagents.ts';
import { send } from '../../support/operations/turns.ts';

const types = ['USAGE_CHANGED', 'MODEL_RETRY', 'TURN_CHANGED'] as const;

/** A turn of one call that reports these tokens. */
async function spend(
  client: Client,
  { sessionId, held }: { sessionId: string; held: HeldPrompt },
  [input, output, cached]: readonly [number, number, number],
): Promise<string> {
  await using timeline = await client.subscribe(agentEvents, { sessionId, types });
  const { turn } = await send(client, sessionId, held.prompt);
  const call = await held.nextCall();
  call.reportUsage(input, output, cached);
  call.write('Done.');
  call.finish();
  await timeline.next(({ sessionEvents: { turnUsage } }) => (turnUsage?.inputTokens ?? 0) > 0);
  return turn.id;
}

describe('usage, over WebSocket', () => {
  it('is summed per turn and session and emitted after each model call', async () => {
    await using gateway = await startTestGateway(rejectingGateway);
    const client = gateway.connect('WebSocket');
    const sessionId = await createTestSession(gateway, client);
    await using timeline = await client.subscribe(agentEvents, { sessionId, types });
    const held = gateway.model.hold();
    const { turn } = await send(client, sessionId, held.prompt);
    const first = await held.nextCall();
    first.reportUsage(50, 5);
    first.callTool('bash', { command: 'touch made-by-agent', description: 'Make it' });
    const second = await held.nextCall();
    second.reportUsage(200, 20, 150);
    second.write('I may not.');
    second.finish();

    const sums = { inputTokens: 250, outputTokens: 25, cacheReadTokens: 150, cacheWriteTokens: 0 };
    const { sessionEvents: last } = await timeline.next(
      ({ sessionEvents: { turnUsage } }) => turnUsage?.inputTokens === 250,
    );
    expect(last).toMatchObject({
      turnId: turn.id,
      turnUsage: { ...sums, premiumRequests: null, model: gateway.model.name },
      sessionUsage: { ...sums, turns: 1, premiumRequests: null },
    });
    expect(last.turnUsage!.durationMs).toBeGreaterThan(0);
    expect(last.sessionUsage!.contextTokens).toBeGreaterThan(0);
    expect(last.sessionUsage!.contextLimit).toBeGreaterThan(last.sessionUsage!.contextTokens!);
    const told = timeline.collected.flatMap(
      ({ sessionEvents: { turnUsage } }) => turnUsage?.inputTokens ?? [],
    );
    expect([...new Set(told)]).toEqual([50, 250]);

    await spend(client, { sessionId, held: gateway.model.hold() }, [10, 1, 0]);
    const late = gateway.connect('HTTP');
    const usage = await fetchUsage(late, sessionId, turn.id);
    expect(usage.turn).toEqual(last.turnUsage);
    expect(usage.session).toMatchObject({ turns: 2, inputTokens: 260, outputTokens: 26 });
  });

  it('counts a retried call once and reports the retry', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('WebSocket');
    const sessionId = await createTestSession(gateway, client);
    await using timeline = await client.subscribe(agentEvents, { sessionId, types });
    const held = gateway.model.hold();
    const { turn } = await send(client, sessionId, held.prompt);
    const broken = await held.nextCall();
    broken.write('Half of an ans');
    broken.disconnect();
    const whole = await held.nextCall();
    whole.reportUsage(70, 7, 60);
    whole.write('The answer.');
    whole.finish();

    const isRetry = ({ __typename }: { __typename: string }): boolean =>
      __typename === 'ModelRetry';
    const { sessionEvents: retry } = await timeline.next(({ sessionEvents }) =>
      isRetry(sessionEvents),
    );
    expect(retry).toMatchObject({
      turnId: turn.id,
      agentId: null,
      reason: 'streaming_error',
      model: gateway.model.name,
      statusCode: null,
      attempt: 1,
    });
    await timeline.next(({ sessionEvents: { turnUsage } }) => turnUsage?.inputTokens === 70);
    expect(await fetchUsage(client, sessionId, turn.id)).toMatchObject({
      turn: { inputTokens: 70, outputTokens: 7, cacheReadTokens: 60 },
      session: { turns: 1, inputTokens: 70, outputTokens: 7, cacheReadTokens: 60 },
    });
    expect(timeline.collected.filter((value) => isRetry(value.sessionEvents))).toHaveLength(1);
  });

  it('counts a call once, however often the runtime reports it', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('WebSocket');
    const sessionId = await createTestSession(gateway, client);
    await using timeline = await client.subscribe(agentEvents, { sessionId, types });
    const data = {
      model: 'elsewhere',
      inputTokens: 4,
      outputTokens: 2,
      cost: 1,
      initiator: 'user',
    };
    for (const id of ['one', 'one', 'two', 'one']) {
      await pushEvent(gateway, sessionId, { type: 'assistant.usage', id, data });
    }
    const byAgent = { ...data, initiator: 'agent' };
    await pushEvent(gateway, sessionId, { type: 'assistant.usage', id: 'three', data: byAgent });

    const { sessionEvents: last } = await timeline.next(
      ({ sessionEvents: { sessionUsage } }) => sessionUsage?.inputTokens === 12,
    );
    // Calls of the account, of which the runtime bills those that a person has caused.
    expect(last).toMatchObject({
      turnUsage: null,
      sessionUsage: { turns: 0, inputTokens: 12, outputTokens: 6, premiumRequests: 2 },
    });
  });

  it('survives a restart of the gateway and is emitted once to clients that were away', async () => {
    await using gateway = await startTestGateway();
    const before = gateway.connect('WebSocket');
    const sessionId = await createTestSession(gateway, before);
    const held = gateway.model.hold();
    const turnId = await spend(before, { sessionId, held }, [100, 10, 90]);
    const usage = await fetchUsage(before, sessionId, turnId);
    const { cursor } = await fetchSession(before, sessionId);
    await gateway.restart();

    const after = gateway.connect('WebSocket');
    expect(await fetchUsage(after, sessionId, turnId)).toEqual(usage);
    await using timeline = await after.subscribe(agentEvents, { sessionId, after: cursor, types });
    const { sessionEvents: latest } = await timeline.next(
      ({ sessionEvents: { sessionUsage } }) => sessionUsage !== undefined,
    );
    expect(latest).toMatchObject({ turnId, turnUsage: usage.turn, sessionUsage: usage.session });
    const next = await spend(after, { sessionId, held: gateway.model.hold() }, [5, 1, 0]);
    expect(await fetchUsage(after, sessionId, next)).toMatchObject({
      turn: { inputTokens: 5, outputTokens: 1 },
      session: { turns: 2, inputTokens: 105, outputTokens: 11, cacheReadTokens: 90 },
    });
    const told = timeline.collected.filter(
      ({ sessionEvents: { sessionUsage } }) => sessionUsage?.inputTokens === 100,
    );
    expect(told.filter(({ sessionEvents }) => sessionEvents.turnId === turnId)).toHaveLength(1);
  });

  it('includes sub-agents and compactions', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('WebSocket');
    const sessionId = await createTestSession(gateway, client);
    const { main, sub } = prepareDelegation(gateway.model);
    await using timeline = await client.subscribe(agentEvents, { sessionId, types });
    const { turn } = await send(client, sessionId, main.prompt);
    const asked = await main.nextCall();
    asked.reportUsage(50, 5);
    asked.callTool('task', sub.task);
    const subCall = await sub.nextCall();
    subCall.reportUsage(70, 7);
    subCall.write('Looked.');
    subCall.finish();
    const last = await main.nextCall();
    last.reportUsage(200, 20);
    last.write('Done.');
    last.finish();
    await timeline.next(({ sessionEvents: { turnUsage } }) => turnUsage?.inputTokens === 320);
    await compact(gateway, sessionId, (call) => {
      call.reportUsage(30, 3);
    });
    await timeline.next(({ sessionEvents: { sessionUsage } }) => sessionUsage?.inputTokens === 350);

    const usage = await fetchUsage(client, sessionId, turn.id);
    expect(usage.turn).toMatchObject({ inputTokens: 320, outputTokens: 32 });
    expect(usage.session).toMatchObject({ turns: 1, inputTokens: 350, outputTokens: 35 });
    const ofSub = timeline.collected.find(({ sessionEvents: { agentId } }) => agentId !== null);
    expect(ofSub?.sessionEvents).toMatchObject({
      turnId: turn.id,
      turnUsage: { inputTokens: 120 },
    });
  });
});
