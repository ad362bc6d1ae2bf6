import { describe, expect, it } from 'vitest';

import {
  type Client,
  codeOf,
  transports,
  uncheckVariables,
} from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { asking, elicit, sizeForm } from '../../support/operations/elicitation.ts';
import {
  abort,
  answer,
  decide,
  endOf,
  fillIn,
  measureTimeout,
  nextRequest,
  requestEvents,
  respondToElicitation,
  sayAfterTool,
  sendCalling,
  type ToolCall,
  toolResult,
  turnIn,
  waiting,
} from '../../support/operations/requests.ts';
import { newSession } from '../../support/operations/sessions.ts';
import { turnOf } from '../../support/operations/turns.ts';

const profiles = { default: asking };

/** A session whose agent asks for something. */
async function elicited(gateway: TestGateway, client: Client, tool: ToolCall = elicit('Which?')) {
  const sessionId = await newSession(gateway, client);
  const events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
  const sent = await sendCalling(gateway, { client, sessionId }, tool);
  return { ...sent, sessionId, events, request: await nextRequest(events) };
}

/** What the server that asked was answered. */
function heard(gateway: TestGateway): unknown {
  return JSON.parse(String(toolResult(gateway)));
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
    await turnIn(events, 'WAITING_FOR_INPUT');
    expect(await waiting(client, sessionId)).toMatchObject({
      state: 'WAITING_FOR_INPUT',
      pendingRequests: [request],
    });

    const content = { size: 'M', gift: true };
    expect(await fillIn(client, request, { action: 'ACCEPT', content })).toMatchObject({
      outcome: 'ACCEPTED',
      session: { state: 'RUNNING', pendingRequests: [] },
    });
    expect(await endOf(events, request)).toMatchObject({
      requestId: request.id,
      resolution: 'ANSWERED',
      feedback: null,
    });
    await sayAfterTool(held, 'One M.');
    await turnIn(events, 'COMPLETED');
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
    await fillIn(client, request, { action });
    expect(await endOf(events, request)).toMatchObject({ resolution });
    await sayAfterTool(held, 'Then not.');
    await turnIn(events, 'COMPLETED');
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
      expect(await codeOf(fillIn(client, request, form))).toBe('BAD_USER_INPUT');
    }
    const kept = { action: 'DECLINE', content: { size } } as const;
    expect(await codeOf(fillIn(client, request, kept))).toBe('BAD_USER_INPUT');
    const unsure = { sessionId, requestId: request.id, action: 'MAYBE' };
    const unknown = client.run(uncheckVariables(respondToElicitation), { input: unsure });
    expect(await codeOf(unknown)).toBe('BAD_USER_INPUT');
    expect(await codeOf(answer(client, request, 'S'))).toBe('BAD_USER_INPUT');
    expect(await codeOf(decide(client, request, 'APPROVE_ONCE'))).toBe('BAD_USER_INPUT');
    expect((await waiting(client, sessionId)).pendingRequests).toEqual([request]);
    await fillIn(client, request, { action: 'ACCEPT', content: { size, count: 9 } });
    await sayAfterTool(held, 'Nine of S.');
    await turnIn(events, 'COMPLETED');
    expect(heard(gateway)).toEqual({ action: 'accept', content: { size, count: 9 } });
  });

  it('accepts the first valid response and reports later ones as already resolved', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect('HTTP');
    const other = gateway.connect('WebSocket');
    const { events, held, request } = await elicited(gateway, client);
    const outcomes = await Promise.all([
      fillIn(client, request, { action: 'ACCEPT', content: { size: 'S' } }),
      fillIn(other, request, { action: 'DECLINE' }),
    ]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['ACCEPTED', 'ALREADY_RESOLVED']);
    const taken = outcomes[0].outcome === 'ACCEPTED' ? 'ANSWERED' : 'DECLINED';
    expect(await endOf(events, request)).toMatchObject({ resolution: taken });
    await sayAfterTool(held, 'Thank you.');
    await turnIn(events, 'COMPLETED');
    expect(await fillIn(other, request, { action: 'DECLINE' })).toMatchObject({
      outcome: 'ALREADY_RESOLVED',
    });
  });

  it('is dismissed when it expires, and the turn resumes', async () => {
    const hasty = { default: { ...asking, requestTimeout: '1s' } };
    await using gateway = await startTestGateway({ profiles: hasty });
    const client = gateway.connect('HTTP');
    const { events, held, request } = await elicited(gateway, client);
    expect(await endOf(events, request)).toMatchObject({ resolution: 'EXPIRED', feedback: null });
    await sayAfterTool(held, 'Then without.');
    await turnIn(events, 'COMPLETED');
    expect(heard(gateway)).toEqual({ action: 'cancel' });
  });

  it('is cancelled with the turn although the runtime would still accept a response', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect('HTTP');
    const { events, request, sessionId, turnId } = await elicited(gateway, client);
    await abort(gateway, sessionId);
    expect(await endOf(events, request)).toMatchObject({ resolution: 'CANCELLED' });
    await turnIn(events, 'ABORTED');
    expect(await fillIn(client, request, { action: 'DECLINE' })).toMatchObject({
      outcome: 'ALREADY_RESOLVED',
    });
    expect(await turnOf(client, sessionId, turnId)).toMatchObject({ state: 'ABORTED' });
  });

  it('stays pending when the client that caused it disconnects', async () => {
    await using gateway = await startTestGateway({ profiles });
    const sender = gateway.connect('WebSocket');
    const { events, held, request, sessionId } = await elicited(gateway, sender);
    await sender[Symbol.asyncDispose]();
    const client = gateway.connect('HTTP');
    expect((await waiting(client, sessionId)).pendingRequests).toEqual([request]);
    await fillIn(client, request, { action: 'ACCEPT', content: { size: 'S' } });
    await sayAfterTool(held, 'One S.');
    await turnIn(events, 'COMPLETED');
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
  expect(await codeOf(fillIn(client, request, filled))).toBe('BAD_USER_INPUT');
  await fillIn(client, request, { action: 'ACCEPT' });
  expect(await endOf(events, request)).toMatchObject({ resolution: 'ANSWERED' });
  await sayAfterTool(held, 'Paid.');
  await turnIn(events, 'COMPLETED');
  expect(heard(gateway)).toEqual({ action: 'accept' });
});
