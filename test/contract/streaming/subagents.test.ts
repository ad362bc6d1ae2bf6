import { describe, expect, it } from 'vitest';

import { MergedTexts } from '../../support/clients/merge.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { withSdkSession } from '../../support/gateway/attached.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import {
  type AgentEvent,
  agentEvents,
  fetchSubagents,
} from '../../support/operations/agent-events.ts';
import { rejectingGateway } from '../../support/operations/requests.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import {
  type DelegatedEvent,
  delegatedEvents,
  fetchDelegatedMessages,
  prepareDelegation,
} from '../../support/operations/subagents.ts';
import { send } from '../../support/operations/turns.ts';

const ofSubagent = ({ sessionEvents }: { sessionEvents: AgentEvent }): boolean =>
  sessionEvents.subagent !== undefined;
const isDone = ({ turn }: DelegatedEvent): boolean => turn?.state === 'COMPLETED';

describe.each(streamingTransports)('a sub-agent, over %s', (transport) => {
  it('writes under its own id into its turn, and its end does not end the turn', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using timeline = await client.subscribe(delegatedEvents, { sessionId });
    const { main, sub } = prepareDelegation(gateway.model);
    const { turn } = await send(client, sessionId, main.prompt);
    (await main.nextCall()).callTool('task', sub.task);
    const asked = await sub.nextCall();
    asked.write('I look');
    await timeline.next(({ sessionEvents: { text } }) => text === 'I look');
    asked.write(' around.');
    asked.finish();
    const last = await main.nextCall();
    last.write('It is done.');
    last.finish();

    await timeline.next(({ sessionEvents: event }) => isDone(event));
    const events = timeline.collected.map((value) => value.sessionEvents);
    const agentId = events.find(({ agentId: id }) => id !== null)!.agentId!;
    const ofSub = events.filter((event) => event.agentId === agentId);
    const texts = new MergedTexts(ofSub.filter(({ messageId }) => messageId) as never);
    expect(texts.getOnly()).toBe('I look around.');
    expect(new Set(events.map(({ turnId }) => turnId))).toEqual(new Set([turn.id]));
    const states = events.flatMap((event) => event.turn?.state ?? []);
    expect(states.filter((state) => state !== 'QUEUED')).toEqual(['RUNNING', 'COMPLETED']);
    expect(events.at(-1)?.turn?.reply?.content).toBe('It is done.');
  });

  it('may reuse tool call ids of the agent that waits for it', async () => {
    await using gateway = await startTestGateway(rejectingGateway);
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using timeline = await client.subscribe(delegatedEvents, { sessionId });
    const { main, sub } = prepareDelegation(gateway.model);
    await send(client, sessionId, main.prompt);
    (await main.nextCall()).callTool('task', sub.task);
    (await sub.nextCall()).callTool('bash', {
      command: 'touch made-by-agent',
      description: 'Make it',
    });
    const after = await sub.nextCall();
    after.write('I may not.');
    after.finish();
    (await main.nextCall()).finish();
    await timeline.next(({ sessionEvents: event }) => isDone(event));

    const calls = new Map(
      timeline.collected.flatMap(({ sessionEvents: { toolCall } }) =>
        toolCall ? [[toolCall.id, toolCall] as const] : [],
      ),
    );
    expect([...calls.values()].map(({ name, state }) => `${name} ${state}`)).toEqual([
      'task SUCCEEDED',
      'bash DENIED',
    ]);
    const [task, bash] = [...calls.values()];
    expect([task, bash]).toMatchObject([
      { parentToolCallId: null },
      { parentToolCallId: task!.id },
    ]);
    const messages = await fetchDelegatedMessages(client, sessionId);
    const told = messages.flatMap(({ toolCalls }) => toolCalls ?? []);
    expect(told.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'task SUCCEEDED',
      'bash DENIED',
    ]);
    expect(told.map(({ parentToolCallId }) => parentToolCallId)).toEqual([null, task!.id]);
    expect(new Set(messages.map(({ turnId }) => turnId)).size).toBe(1);
  });

  it('is reported when it starts and ends and is listed after a restart of the gateway', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const { cursor } = await fetchSession(client, sessionId);
    const types = ['SUBAGENT_CHANGED', 'TOOL_CALL_CHANGED'] as const;
    await using timeline = await client.subscribe(agentEvents, { sessionId, types });
    await using calls = await client.subscribe(delegatedEvents, { sessionId });
    const { main, sub } = prepareDelegation(gateway.model);
    const { turn } = await send(client, sessionId, main.prompt);
    (await main.nextCall()).callTool('task', sub.task);
    const asked = await sub.nextCall();
    const { sessionEvents: started } = await timeline.next(ofSubagent);
    expect(started).toMatchObject({
      turnId: turn.id,
      agentId: started.subagent!.id,
      subagent: { name: 'explore', displayName: 'explorer', state: 'RUNNING', error: null },
    });
    expect(await fetchSubagents(client, sessionId)).toMatchObject([started.subagent!]);
    asked.reportUsage(70, 7);
    asked.write('Looked.');
    asked.finish();
    (await main.nextCall()).finish();
    const { sessionEvents: ended } = await timeline.next(ofSubagent);
    expect(ended.subagent).toMatchObject({ state: 'COMPLETED', toolCallCount: 0, tokens: 77 });
    const task = await calls.next(({ sessionEvents: { toolCall } }) => toolCall?.name === 'task');
    expect(ended.subagent!.toolCallId).toBe(task.sessionEvents.toolCall!.id);
    await gateway.restart();

    const after = gateway.connect(transport);
    expect(await fetchSubagents(after, sessionId)).toEqual([ended.subagent]);
    await using late = await after.subscribe(agentEvents, { sessionId, after: cursor, types });
    expect((await late.next(ofSubagent)).sessionEvents.subagent).toEqual(started.subagent);
    expect((await late.next(ofSubagent)).sessionEvents.subagent).toEqual(ended.subagent);
  });

  it('reports that it failed or was stopped with its turn', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const types = ['SUBAGENT_CHANGED'] as const;
    await using timeline = await client.subscribe(agentEvents, { sessionId, types });
    const failing = prepareDelegation(gateway.model, { prompt: prompts.refused });
    await send(client, sessionId, failing.main.prompt);
    (await failing.main.nextCall()).callTool('task', failing.sub.task);
    const isFailed = ({ sessionEvents: { subagent } }: { sessionEvents: AgentEvent }): boolean =>
      subagent?.state === 'FAILED';
    expect((await timeline.next(isFailed)).sessionEvents.subagent?.error).toBeTruthy();
    (await failing.main.nextCall()).finish();

    const { main, sub } = prepareDelegation(gateway.model);
    const { turn } = await send(client, sessionId, main.prompt);
    (await main.nextCall()).callTool('task', sub.task);
    (await sub.nextCall()).write('I look');
    await withSdkSession(gateway, sessionId, (attachment) => attachment.abort());
    await timeline.next(({ sessionEvents: { subagent } }) => subagent?.state === 'CANCELLED');
    expect((await fetchSubagents(client, sessionId)).map(({ state }) => state)).toEqual([
      'FAILED',
      'CANCELLED',
    ]);
    expect(turn.id).not.toBe('');
  });

  it('is cancelled when it was running while the gateway ended', async () => {
    await using gateway = await startTestGateway();
    const before = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, before);
    const { cursor } = await fetchSession(before, sessionId);
    const { main, sub } = prepareDelegation(gateway.model);
    await send(before, sessionId, main.prompt);
    (await main.nextCall()).callTool('task', sub.task);
    (await sub.nextCall()).write('I look');
    await gateway.restart();

    const after = gateway.connect(transport);
    const isCancelled = ({ sessionEvents: { subagent } }: { sessionEvents: AgentEvent }): boolean =>
      subagent?.state === 'CANCELLED';
    await using late = await after.subscribe(agentEvents, { sessionId, after: cursor });
    await using calls = await after.subscribe(delegatedEvents, { sessionId, after: cursor });
    const { subagent } = (await late.next(isCancelled)).sessionEvents;
    const { sessionEvents: ended } = await calls.next(({ sessionEvents: { toolCall } }) =>
      ['FAILED', 'INTERRUPTED'].includes(toolCall?.state ?? ''),
    );
    expect(ended.toolCall?.id).toBe(subagent!.toolCallId);
    expect(await fetchSubagents(after, sessionId)).toMatchObject([
      { id: subagent!.id, state: 'CANCELLED' },
    ]);
  });

  it('continues in the background, and what the agent says about its end belongs to the same turn', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using timeline = await client.subscribe(delegatedEvents, { sessionId });
    const { main, sub } = prepareDelegation(gateway.model, { mode: 'background' });
    const { turn } = await send(client, sessionId, main.prompt);
    const notified = gateway.model.hold('has finished processing');
    (await main.nextCall()).callTool('task', sub.task);
    const waiting = await main.nextCall();
    waiting.write('I wait for it.');
    waiting.finish();
    const asked = await sub.nextCall();
    await timeline.next(
      ({ sessionEvents: { assistantMessage } }) => assistantMessage?.content === 'I wait for it.',
    );
    asked.write('Looked.');
    asked.finish();
    const last = await notified.nextCall();
    last.write('It has looked.');
    last.finish();

    const { sessionEvents: end } = await timeline.next(({ sessionEvents }) =>
      isDone(sessionEvents),
    );
    expect(end.turn).toMatchObject({ id: turn.id, reply: { content: 'It has looked.' } });
    const turns = timeline.collected.map(({ sessionEvents: { turnId } }) => turnId);
    expect(new Set(turns)).toEqual(new Set([turn.id]));
    const told = await fetchDelegatedMessages(client, sessionId);
    expect(new Set(told.map(({ turnId }) => turnId))).toEqual(new Set([turn.id]));
  });
});
