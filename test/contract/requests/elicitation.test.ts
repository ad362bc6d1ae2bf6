import { describe, expect, it } from 'vitest';

import { catchErrorCode } from '../../support/assertions/failures.ts';
import { type Client, transports, uncheckVariables } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { elicit, elicitingProfile, sizeForm } from '../../support/operations/elicitation.ts';
import {
  abortInRuntime,
  answerQuestion,
  decide,
  fetchWaitingSession,
  getToolResult,
  measureTimeout,
  replyAfterTool,
  requestEvents,
  respondToElicitation,
  sendToolPrompt,
  submitForm,
  type ToolCall,
  waitForEnd,
  waitForRequest,
  waitForTurn,
} from '../../support/operations/requests.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { fetchTurn } from '../../support/operations/turns.ts';

const profiles = { default: elicitingProfile };

/** A session whose agent asks for something. */
async function elicited(gateway: TestGateway, client: Client, tool: ToolCall = elicit('Which?')) {
  const sessionId = await createTestSession(gateway, client);
  const events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
  const sent = await sendToolPrompt(gateway, { client, sessionId }, tool);
  return { ...sent, sessionId, events, request: await waitForRequest(events) };
}

/** What the server that asked was answered. */
function heard(gateway: TestGateway): unknown {
  return JSON.parse(String(getToolResult(gateway)));
}

describe.each(transports)('an elicitation of an MCP tool, over %s', (transport) => {
  it('is announced, stays pending, and can be filled in', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect(transport);
    const { events, held, request, sessionId, turnId } = await elicited(gateway, client);
    expect(request).toMatchObject({
      __typename: 'ElicitationRequest',
      id: expect.stringMatching(/^request:.+/) as string,
      sessionId,
      turnId,
      message: 'Which?',
      requestedSchema: sizeForm,
      mcpServer: 'shop',
      url: null,
    });
    expect(measureTimeout(request)).toBe(600_000);
    await waitForTurn(events, 'WAITING_FOR_INPUT');
    expect(await fetchWaitingSession(client, sessionId)).toMatchObject({
      state: 'WAITING_FOR_INPUT',
      pendingRequests: [request],
    });

    const content = { size: 'M', gift: true };
    expect(await submitForm(client, request, { action: 'ACCEPT', content })).toMatchObject({
      outcome: 'ACCEPTED',
      session: { state: 'RUNNING', pendingRequests: [] },
    });
    expect(await waitForEnd(events, request)).toMatchObject({
      requestId: request.id,
      resolution: 'ANSWERED',
      feedback: null,
    });
    await replyAfterTool(held, 'One M.');
    await waitForTurn(events, 'COMPLETED');
    expect(heard(gateway)).toEqual({ action: 'accept', content });
  });
});

describe('an elicitation of an MCP tool', () => {
  it.each([
    ['DECLINE', 'DECLINED', 'decline'],
    ['CANCEL', 'CANCELLED', 'cancel'],
  ] as const)('may be refused with %s', async (action, resolution, told) => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect('HTTP');
    const { events, held, request } = await elicited(gateway, client);
    await submitForm(client, request, { action });
    expect(await waitForEnd(events, request)).toMatchObject({ resolution });
    await replyAfterTool(held, 'Then not.');
    await waitForTurn(events, 'COMPLETED');
    expect(heard(gateway)).toEqual({ action: told });
  });

  it('stays pending after invalid content', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect('HTTP');
    const { events, held, request, sessionId } = await elicited(gateway, client);
    const size = 'S';
    for (const content of [
      undefined,
      {},
      [],
      'S',
      { size: 'XXL' },
      { size, count: 1.5 },
      { size, count: 10 },
      { size, count: '1' },
      { size, gift: 'yes' },
      { size, more: 1 },
      { size, more: 'x'.repeat(300_000) },
    ]) {
      const form = { action: 'ACCEPT', ...(content !== undefined && { content }) } as const;
      expect(await catchErrorCode(submitForm(client, request, form))).toBe('BAD_USER_INPUT');
    }
    const kept = { action: 'DECLINE', content: { size } } as const;
    expect(await catchErrorCode(submitForm(client, request, kept))).toBe('BAD_USER_INPUT');
    const unsure = { sessionId, requestId: request.id, action: 'MAYBE' };
    const unknown = client.run(uncheckVariables(respondToElicitation), { input: unsure });
    expect(await catchErrorCode(unknown)).toBe('BAD_USER_INPUT');
    expect(await catchErrorCode(answerQuestion(client, request, 'S'))).toBe('BAD_USER_INPUT');
    expect(await catchErrorCode(decide(client, request, 'APPROVE_ONCE'))).toBe('BAD_USER_INPUT');
    expect((await fetchWaitingSession(client, sessionId)).pendingRequests).toEqual([request]);
    await submitForm(client, request, { action: 'ACCEPT', content: { size, count: 9 } });
    await replyAfterTool(held, 'Nine of S.');
    await waitForTurn(events, 'COMPLETED');
    expect(heard(gateway)).toEqual({ action: 'accept', content: { size, count: 9 } });
  });

  it('accepts the first valid response and reports later ones as already resolved', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect('HTTP');
    const other = gateway.connect('WebSocket');
    const { events, held, request } = await elicited(gateway, client);
    const outcomes = await Promise.all([
      submitForm(client, request, { action: 'ACCEPT', content: { size: 'S' } }),
      submitForm(other, request, { action: 'DECLINE' }),
    ]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['ACCEPTED', 'ALREADY_RESOLVED']);
    const taken = outcomes[0].outcome === 'ACCEPTED' ? 'ANSWERED' : 'DECLINED';
    expect(await waitForEnd(events, request)).toMatchObject({ resolution: taken });
    await replyAfterTool(held, 'Thank you.');
    await waitForTurn(events, 'COMPLETED');
    expect(await submitForm(other, request, { action: 'DECLINE' })).toMatchObject({
      outcome: 'ALREADY_RESOLVED',
    });
  });

  it('is dismissed when it expires, and the turn resumes', async () => {
    const hasty = { default: { ...elicitingProfile, requestTimeout: '1s' } };
    await using gateway = await startTestGateway({ profiles: hasty });
    const client = gateway.connect('HTTP');
    const { events, held, request } = await elicited(gateway, client);
    expect(await waitForEnd(events, request)).toMatchObject({
      resolution: 'EXPIRED',
      feedback: null,
    });
    await replyAfterTool(held, 'Then without.');
    await waitForTurn(events, 'COMPLETED');
    expect(heard(gateway)).toEqual({ action: 'cancel' });
  });

  it('is cancelled with the turn although the runtime would still accept a response', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect('HTTP');
    const { events, request, sessionId, turnId } = await elicited(gateway, client);
    await abortInRuntime(gateway, sessionId);
    expect(await waitForEnd(events, request)).toMatchObject({ resolution: 'CANCELLED' });
    await waitForTurn(events, 'ABORTED');
    expect(await submitForm(client, request, { action: 'DECLINE' })).toMatchObject({
      outcome: 'ALREADY_RESOLVED',
    });
    expect(await fetchTurn(client, sessionId, turnId)).toMatchObject({ state: 'ABORTED' });
  });

  it('stays pending when the client that caused it disconnects', async () => {
    await using gateway = await startTestGateway({ profiles });
    const sender = gateway.connect('WebSocket');
    const { events, held, request, sessionId } = await elicited(gateway, sender);
    await sender[Symbol.asyncDispose]();
    const client = gateway.connect('HTTP');
    expect((await fetchWaitingSession(client, sessionId)).pendingRequests).toEqual([request]);
    await submitForm(client, request, { action: 'ACCEPT', content: { size: 'S' } });
    await replyAfterTool(held, 'One S.');
    await waitForTurn(events, 'COMPLETED');
  });
});

it('a URL elicitation is accepted without content', async () => {
  await using gateway = await startTestGateway({ profiles });
  const client = gateway.connect('HTTP');
  const page = { mode: 'url', url: 'https://shop.example/pay', elicitationId: 'e1' };
  const tool = { name: 'shop-ask', args: { message: 'Pay there', ...page } };
  const { events, held, request } = await elicited(gateway, client, tool);
  expect(request).toMatchObject({
    message: 'Pay there',
    url: page.url,
    requestedSchema: { type: 'object', properties: {} },
  });
  const filled = { action: 'ACCEPT', content: { size: 'S' } } as const;
  expect(await catchErrorCode(submitForm(client, request, filled))).toBe('BAD_USER_INPUT');
  await submitForm(client, request, { action: 'ACCEPT' });
  expect(await waitForEnd(events, request)).toMatchObject({ resolution: 'ANSWERED' });
  await replyAfterTool(held, 'Paid.');
  await waitForTurn(events, 'COMPLETED');
  expect(heard(gateway)).toEqual({ action: 'accept' });
});
