import { describe, expect, it } from 'vitest';

import { pushEvent } from '../../support/gateway/attached.ts';
import { compact } from '../../support/gateway/compaction.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import { agentEvents } from '../../support/operations/agent-events.ts';
import {
  createTestSession,
  fetchSession,
  resumeSession,
} from '../../support/operations/sessions.ts';
import { ask } from '../../support/operations/turns.ts';

const types = ['MODEL_CHANGED', 'CONTEXT_COMPACTED', 'INTENT_CHANGED', 'USAGE_CHANGED'] as const;
const isOf = (type: string) => (value: { sessionEvents: { __typename: string } }) =>
  value.sessionEvents.__typename === type;

describe('over WebSocket', () => {
  it('a model change is emitted to all clients, and from the journal to a client that was away', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('WebSocket');
    const second = gateway.connect('WebSocket');
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.short);
    const { cursor } = await fetchSession(client, sessionId);
    await using timeline = await client.subscribe(agentEvents, { sessionId, types });
    await using others = await second.subscribe(agentEvents, { sessionId, types });
    await client.run(resumeSession, { input: { sessionId, model: 'another' } });

    const expected = { model: 'another', previousModel: gateway.model.name, cause: null };
    for (const events of [timeline, others]) {
      expect((await events.next(isOf('ModelChanged'))).sessionEvents).toMatchObject(expected);
    }
    expect((await fetchSession(client, sessionId)).model).toBe('another');
    await gateway.restart();
    await using late = await gateway
      .connect('WebSocket')
      .subscribe(agentEvents, { sessionId, types, after: cursor });
    expect((await late.next(isOf('ModelChanged'))).sessionEvents).toMatchObject(expected);
  });

  it('a compaction is emitted to all clients, and from the journal to a client that was away', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('WebSocket');
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.short);
    await ask(client, sessionId, prompts.story);
    const { cursor, messages } = await fetchSession(client, sessionId);
    await using timeline = await client.subscribe(agentEvents, { sessionId, types });
    await compact(gateway, sessionId);

    const { sessionEvents: told } = await timeline.next(isOf('ContextCompacted'));
    expect(told).toMatchObject({ succeeded: true, messagesRemoved: expect.any(Number) as number });
    expect(told.tokensBefore).toBeGreaterThan(told.tokensAfter!);
    expect((await fetchSession(client, sessionId)).messages).toEqual(messages);
    await gateway.restart();
    const after = gateway.connect('WebSocket');
    await using late = await after.subscribe(agentEvents, { sessionId, types, after: cursor });
    const { cursor: _cursor, ...step } = (await late.next(isOf('ContextCompacted'))).sessionEvents;
    expect(told).toMatchObject(step);
  });

  it('an intent is emitted immediately, and the latest one once to a client that was away', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('WebSocket');
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.short);
    const { cursor } = await fetchSession(client, sessionId);
    await using timeline = await client.subscribe(agentEvents, { sessionId, types });
    for (const intent of ['Looking around', 'Writing it down']) {
      await pushEvent(gateway, sessionId, {
        type: 'assistant.intent',
        id: intent,
        data: { intent },
      });
      expect((await timeline.next(isOf('IntentChanged'))).sessionEvents.intent).toBe(intent);
    }
    await gateway.restart();

    const after = gateway.connect('WebSocket');
    await using late = await after.subscribe(agentEvents, { sessionId, types, after: cursor });
    expect((await late.next(isOf('IntentChanged'))).sessionEvents.intent).toBe('Writing it down');
    await ask(after, sessionId, prompts.short);
    await late.next(({ sessionEvents: { sessionUsage } }) => sessionUsage?.turns === 2);
    expect(late.collected.filter(isOf('IntentChanged'))).toHaveLength(1);
  });

  it('runtime events of unknown types are counted and not forwarded', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('WebSocket');
    const sessionId = await createTestSession(gateway, client);
    await using timeline = await client.subscribe(agentEvents, { sessionId });
    await ask(client, sessionId, prompts.short);
    const secret = 'the whole system prompt';
    for (const id of ['one', 'two', 'two']) {
      const event = { type: 'model.of_tomorrow', id, data: { content: secret } };
      await pushEvent(gateway, sessionId, event);
    }
    await client.run(resumeSession, { input: { sessionId, model: 'another' } });
    await timeline.next(isOf('ModelChanged'));

    const { counts } = gateway.services.runtime.unknownEvents;
    expect(counts.get('model.of_tomorrow')).toBe(2);
    // Sent by every runtime of today: all that was said, with the system prompt.
    expect(counts.get('model.messages_snapshot')).toBeGreaterThan(0);
    expect(counts.has('assistant.message')).toBe(false);
    expect(JSON.stringify(timeline.collected)).not.toContain(secret);
    const logged = gateway.logs.filter(({ type }) => type === 'model.of_tomorrow');
    expect(logged).toHaveLength(1);
    expect(JSON.stringify(gateway.logs)).not.toContain(secret);
  });
});
