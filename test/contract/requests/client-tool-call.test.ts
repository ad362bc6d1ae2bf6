import { describe, expect, it } from 'vitest';

import { catchErrorCode } from '../../support/assertions/failures.ts';
import { type Client, transports } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import { lookup, lookupCall, trustingProfile } from '../../support/operations/client-tools.ts';
import {
  abortInRuntime,
  answerQuestion,
  decide,
  fetchWaitingSession,
  getToolResult,
  measureTimeout,
  replyAfterTool,
  requestEvents,
  sendToolPrompt,
  submitForm,
  submitResult,
  waitForEnd,
  waitForRequest,
  waitForTurn,
} from '../../support/operations/requests.ts';
import { createTestSession, fork } from '../../support/operations/sessions.ts';
import { ask, fetchTurn } from '../../support/operations/turns.ts';
import {
  provideShareableRuntime,
  startOtherClient,
} from '../../support/runtimes/external-runtime.ts';

const profiles = { default: trustingProfile };
const clientTools = [lookup];

/** A session whose agent calls a tool of its clients. */
async function called(gateway: TestGateway, client: Client) {
  const sessionId = await createTestSession(gateway, client, { clientTools });
  const events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
  const sent = await sendToolPrompt(gateway, { client, sessionId }, lookupCall);
  return { ...sent, sessionId, events, request: await waitForRequest(events) };
}

function offered(gateway: TestGateway): unknown[] {
  const { tools = [] } = gateway.model.requests.at(-1)!;
  return tools.map((tool) => tool.function).filter(({ name }) => name === lookup.name);
}

describe.each(transports)('a client tool, over %s', (transport) => {
  it('is offered to the agent, called, and answered', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect(transport);
    const { events, held, request, sessionId, turnId } = await called(gateway, client);
    expect(offered(gateway)).toEqual([lookup]);
    expect(request).toMatchObject({
      __typename: 'ClientToolCall',
      id: expect.stringMatching(/^request:.+/) as string,
      sessionId,
      turnId,
      toolCallId: expect.stringMatching(/^tool:.+:call-held$/) as string,
      toolName: 'lookup',
      arguments: { word: 'gateway' },
    });
    expect(measureTimeout(request)).toBe(600_000);
    await waitForTurn(events, 'WAITING_FOR_INPUT');
    expect(await fetchWaitingSession(client, sessionId)).toMatchObject({
      state: 'WAITING_FOR_INPUT',
      pendingRequests: [request],
    });

    const result = { meanings: ['a door', 'a server'] };
    expect(await submitResult(client, request, { result })).toMatchObject({
      outcome: 'ACCEPTED',
      session: { state: 'RUNNING', pendingRequests: [] },
    });
    expect(await waitForEnd(events, request)).toMatchObject({
      requestId: request.id,
      turnId,
      resolution: 'ANSWERED',
      feedback: null,
    });
    const { sessionEvents: ended } = await events.next(
      (value) => value.sessionEvents.toolCall?.state === 'SUCCEEDED',
    );
    expect(ended.toolCall).toMatchObject({ id: request.toolCallId, name: 'lookup' });
    expect(JSON.parse(ended.toolCall?.output ?? '')).toEqual(result);
    await replyAfterTool(held, 'A door.');
    await waitForTurn(events, 'COMPLETED');
    expect(JSON.parse(String(getToolResult(gateway)))).toEqual(result);
  });
});

describe('a client tool call', () => {
  it('can fail with a message for the agent', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect('HTTP');
    const { events, held, request } = await called(gateway, client);
    await submitResult(client, request, { error: 'The dictionary is closed.' });
    expect(await waitForEnd(events, request)).toMatchObject({ resolution: 'ANSWERED' });
    const { sessionEvents: ended } = await events.next(
      (value) => value.sessionEvents.toolCall?.state === 'FAILED',
    );
    expect(ended.toolCall).toMatchObject({ error: 'The dictionary is closed.' });
    await replyAfterTool(held, 'Then not.');
    await waitForTurn(events, 'COMPLETED');
    expect(getToolResult(gateway)).toBe('The dictionary is closed.');
  });

  it('fails visibly when it expires, and the turn resumes', async () => {
    const hasty = { default: { ...trustingProfile, requestTimeout: '1s' } };
    await using gateway = await startTestGateway({ profiles: hasty });
    const client = gateway.connect('HTTP');
    const { events, held, request } = await called(gateway, client);
    expect(await waitForEnd(events, request)).toMatchObject({
      resolution: 'EXPIRED',
      feedback: expect.stringContaining('No user responded in time') as string,
    });
    await events.next((value) => value.sessionEvents.toolCall?.state === 'FAILED');
    await replyAfterTool(held, 'Then without.');
    await waitForTurn(events, 'COMPLETED');
    expect(getToolResult(gateway)).toMatch(/No user responded in time/);
    expect(await submitResult(client, request, { result: 'a door' })).toMatchObject({
      outcome: 'ALREADY_RESOLVED',
    });
  });

  it('stays pending after invalid responses', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect('HTTP');
    const { events, held, request, sessionId } = await called(gateway, client);
    for (const outcome of [
      {},
      { result: null },
      { result: 'a door', error: 'closed' },
      { error: ' ' },
      { result: 'x'.repeat(300_000) },
      { error: 'x'.repeat(300_000) },
      { result: { long: 'x'.repeat(300_000) } },
    ] as { result?: unknown; error?: string }[]) {
      expect(await catchErrorCode(submitResult(client, request, outcome))).toBe('BAD_USER_INPUT');
    }
    expect(await catchErrorCode(answerQuestion(client, request, 'a door'))).toBe('BAD_USER_INPUT');
    expect(await catchErrorCode(submitForm(client, request, { action: 'DECLINE' }))).toBe(
      'BAD_USER_INPUT',
    );
    expect(await catchErrorCode(decide(client, request, 'REJECT'))).toBe('BAD_USER_INPUT');
    const unknown = { ...request, id: 'request:nobody' };
    expect(await catchErrorCode(submitResult(client, unknown, { result: '' }))).toBe(
      'REQUEST_NOT_FOUND',
    );
    expect((await fetchWaitingSession(client, sessionId)).pendingRequests).toEqual([request]);
    await submitResult(client, request, { result: '' });
    await replyAfterTool(held, 'Nothing.');
    await waitForTurn(events, 'COMPLETED');
    expect(getToolResult(gateway)).toBe('');
  });

  it('accepts the first response and reports later ones as already resolved', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect('HTTP');
    const other = gateway.connect('WebSocket');
    const { events, held, request } = await called(gateway, client);
    const outcomes = await Promise.all([
      submitResult(client, request, { result: 'a door' }),
      submitResult(other, request, { error: 'closed' }),
    ]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['ACCEPTED', 'ALREADY_RESOLVED']);
    await replyAfterTool(held, 'Thank you.');
    await waitForTurn(events, 'COMPLETED');
    expect(await submitResult(other, request, { result: 'x' })).toMatchObject({
      outcome: 'ALREADY_RESOLVED',
    });
    const ends = events.collected.filter(
      ({ sessionEvents: { requestId } }) => requestId === request.id,
    );
    expect(ends).toHaveLength(1);
  });

  it('is cancelled with the turn', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect('HTTP');
    const { events, request, sessionId, turnId } = await called(gateway, client);
    await abortInRuntime(gateway, sessionId);
    expect(await waitForEnd(events, request)).toMatchObject({ resolution: 'CANCELLED' });
    await waitForTurn(events, 'ABORTED');
    expect(await submitResult(client, request, { result: 'x' })).toMatchObject({
      outcome: 'ALREADY_RESOLVED',
    });
    expect(await fetchTurn(client, sessionId, turnId)).toMatchObject({ state: 'ABORTED' });
  });

  it('can be answered by another client when the declaring client has disconnected', async () => {
    await using gateway = await startTestGateway({ profiles });
    const sender = gateway.connect('WebSocket');
    const { events, held, request, sessionId } = await called(gateway, sender);
    await sender[Symbol.asyncDispose]();
    const client = gateway.connect('HTTP');
    expect((await fetchWaitingSession(client, sessionId)).pendingRequests).toEqual([request]);
    expect(await submitResult(client, request, { result: 'a door' })).toMatchObject({
      outcome: 'ACCEPTED',
    });
    await replyAfterTool(held, 'A door.');
    await waitForTurn(events, 'COMPLETED');
  });

  it('needs a permission unless the profile grants it', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('HTTP');
    const { events, held, request } = await called(gateway, client);
    expect(request).toMatchObject({
      __typename: 'PermissionRequest',
      kind: 'CUSTOM_TOOL',
      toolName: 'lookup',
      canApproveForSession: true,
    });
    await decide(client, request, 'APPROVE_FOR_SESSION');
    const call = await waitForRequest(events);
    expect(call).toMatchObject({ __typename: 'ClientToolCall', toolCallId: request.toolCallId });
    await submitResult(client, call, { result: 'a door' });
    await replyAfterTool(held, 'A door.');
    await waitForTurn(events, 'COMPLETED');
  });
});

describe('the client tools of a session', () => {
  it('are restored after a restart and copied to a fork', async () => {
    await using gateway = await startTestGateway({ profiles });
    const sessionId = await createTestSession(gateway, gateway.connect('HTTP'), { clientTools });
    await ask(gateway.connect('HTTP'), sessionId, prompts.short);
    await gateway.restart();
    const client = gateway.connect('HTTP');
    await ask(client, sessionId, prompts.short);
    expect(offered(gateway)).toEqual([lookup]);

    const forked = await fork(client, sessionId);
    await using events = await gateway
      .connect('WebSocket')
      .subscribe(requestEvents, { sessionId: forked.id });
    const { held } = await sendToolPrompt(gateway, { client, sessionId: forked.id }, lookupCall);
    await submitResult(client, await waitForRequest(events), { result: 'a door' });
    await replyAfterTool(held, 'A door.');
    await waitForTurn(events, 'COMPLETED');
  });

  it('are offered as far as the current profile allows', async () => {
    const changing: Record<string, object> = { default: trustingProfile };
    await using gateway = await startTestGateway({ profiles: changing });
    const sessionId = await createTestSession(gateway, gateway.connect('HTTP'), { clientTools });
    await ask(gateway.connect('HTTP'), sessionId, prompts.short);
    changing['default'] = { ...trustingProfile, tools: ['custom:another'] };
    await gateway.restart();
    await ask(gateway.connect('HTTP'), sessionId, prompts.short);
    expect(offered(gateway)).toEqual([]);
  });

  it('do not include tools of another program on the same runtime', async () => {
    await using runtime = await provideShareableRuntime();
    await using gateway = await startTestGateway({ env: runtime.env, profiles });
    const client = gateway.connect('WebSocket');
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.short);
    let finish: (result: string) => void = () => undefined;
    const result = new Promise<string>((resolve) => (finish = resolve));
    await using other = await startOtherClient(runtime);
    const taken = await other.resumeSession(sessionId, {
      model: gateway.model.name,
      streaming: true,
      availableTools: ['custom:*'],
      provider: { type: 'openai', baseUrl: gateway.model.baseUrl, apiKey: 'other-key' },
      onPermissionRequest: () => ({ kind: 'approve-once' }),
      tools: [{ ...lookup, skipPermission: true, handler: () => result }],
    });
    await using events = await client.subscribe(requestEvents, { sessionId });
    const { held } = await sendToolPrompt(gateway, { client, sessionId }, lookupCall);
    await events.next((value) => value.sessionEvents.toolCall?.state === 'RUNNING');
    expect(await fetchWaitingSession(client, sessionId)).toMatchObject({
      state: 'RUNNING',
      pendingRequests: [],
    });
    finish('a door');
    await replyAfterTool(held, 'A door.');
    await waitForTurn(events, 'COMPLETED');
    const told = events.collected.filter(
      ({ sessionEvents: { __typename } }) => __typename === 'RequestPending',
    );
    expect(told).toEqual([]);
    await taken.disconnect();
  });
});
