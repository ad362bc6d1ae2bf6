import { describe, expect, it } from 'vitest';

import { transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { sessionEvents, type TimelineEvent } from '../../support/operations/events.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { send } from '../../support/operations/turns.ts';

describe.each(transports)('two messages at once over %s', (transport) => {
  it('become two consecutive turns', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const types = ['TURN_CHANGED'] as const;
    await using turns = await gateway
      .connect('WebSocket')
      .subscribe(sessionEvents, { sessionId, types });
    const prompts = [gateway.model.hold(), gateway.model.hold()];
    const sent = await Promise.all(prompts.map(({ prompt }) => send(client, sessionId, prompt)));
    expect(sent[0]!.turn.id).not.toBe(sent[1]!.turn.id);
    for (const held of [prompts[0]!, prompts[1]!]) {
      void held.nextCall().then((call) => {
        call.write(`Answer to ${held.prompt}`);
        call.finish();
      });
    }

    const events: TimelineEvent[] = [];
    const ended = (): number => events.filter(({ turn }) => turn?.state === 'COMPLETED').length;
    while (ended() < 2) events.push((await turns.next()).sessionEvents);
    const steps = events
      .filter(({ turn }) => turn?.state !== 'QUEUED')
      .map(({ turn }) => [turn?.state, turn?.id]);
    const [first, second] = [steps[0]?.[1], steps[2]?.[1]];
    expect(steps).toEqual([
      ['RUNNING', first],
      ['COMPLETED', first],
      ['RUNNING', second],
      ['COMPLETED', second],
    ]);
    expect(new Set([first, second])).toEqual(new Set(sent.map(({ turn }) => turn.id)));

    const { messages } = await fetchSession(client, sessionId);
    expect(messages.nodes.map(({ turnId }) => turnId)).toEqual([first, first, second, second]);
    for (const [question, answer] of [messages.nodes.slice(0, 2), messages.nodes.slice(2)]) {
      expect(answer?.content).toBe(`Answer to ${question?.content}`);
    }
  });
});
