import { describe, expect, it } from 'vitest';

import { codeOf, transports } from '../../support/clients/transports.ts';
import { pushEvent } from '../../support/gateway/attached.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import {
  abort,
  answer,
  decide,
  nextRequest,
  nextResolved,
  question,
  requestEvents,
  sayAfterTool,
  sendCalling,
  toolResult,
  turnIn,
  waiting,
} from '../../support/operations/requests.ts';
import { newSession } from '../../support/operations/sessions.ts';

describe.each(transports)('a question of the agent, over %s', (transport) => {
  it('is announced, stays pending, and can be answered with a choice', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await newSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    const { held, turnId } = await sendCalling(gateway, { client, sessionId }, question);

    const request = await nextRequest(events);
    expect(request).toMatchObject({
      __typename: 'UserInputRequest',
      turnId,
      toolCallId: expect.stringMatching(/^tool:.+:call-held$/) as string,
      question: 'Which colour?',
      choices: ['red', 'blue'],
      allowFreeform: true,
    });
    await turnIn(events, 'WAITING_FOR_INPUT');
    expect(await waiting(client, sessionId)).toMatchObject({
      state: 'WAITING_FOR_INPUT',
      pendingRequests: [request],
    });

    expect(await answer(client, request, 'blue')).toMatchObject({ outcome: 'ACCEPTED' });
    expect(await nextResolved(events)).toMatchObject({
      requestId: request.id,
      resolution: 'ANSWERED',
      feedback: 'blue',
    });
    await sayAfterTool(held, 'Blue it is.');
    await turnIn(events, 'COMPLETED');
    expect(toolResult(gateway)).toBe('User selected: blue');
  });
});

describe('a question of the agent', () => {
  it('can be answered with free text', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('HTTP');
    const sessionId = await newSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    const { held } = await sendCalling(gateway, { client, sessionId }, question);
    await answer(client, await nextRequest(events), 'green, please');
    await sayAfterTool(held, 'Green it is.');
    await turnIn(events, 'COMPLETED');
    expect(toolResult(gateway)).toMatch(/green, please/);
  });

  it('accepts the first valid response and reports later ones as already resolved', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('HTTP');
    const other = gateway.connect('WebSocket');
    const sessionId = await newSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    const { held } = await sendCalling(gateway, { client, sessionId }, question);
    const request = await nextRequest(events);
    const outcomes = await Promise.all([
      answer(client, request, 'red'),
      answer(other, request, 'blue'),
    ]);
    const [first] = outcomes;
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['ACCEPTED', 'ALREADY_RESOLVED']);
    const taken = first.outcome === 'ACCEPTED' ? 'red' : 'blue';
    expect(await nextResolved(events)).toMatchObject({ resolution: 'ANSWERED', feedback: taken });
    await sayAfterTool(held, 'Thank you.');
    await turnIn(events, 'COMPLETED');
    expect(await answer(other, request, 'blue')).toMatchObject({ outcome: 'ALREADY_RESOLVED' });
  });

  it('stays pending after invalid responses', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('HTTP');
    const sessionId = await newSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    const { held } = await sendCalling(gateway, { client, sessionId }, question);
    const request = await nextRequest(events);
    expect(await codeOf(answer(client, request, ' '))).toBe('BAD_USER_INPUT');
    expect(await codeOf(answer(client, request, 'x'.repeat(300_000)))).toBe('BAD_USER_INPUT');
    expect(await codeOf(decide(client, request, 'APPROVE_ONCE'))).toBe('BAD_USER_INPUT');
    expect((await waiting(client, sessionId)).pendingRequests).toEqual([request]);
    await answer(client, request, 'red');
    await sayAfterTool(held, 'Thank you.');
    await turnIn(events, 'COMPLETED');
  });

  it('accepts only its choices when free text is not allowed', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('HTTP');
    const sessionId = await newSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    // Its agent cannot say so.
    const data = { requestId: 'strict', question: 'Which?', choices: ['a', 'b'] };
    const asked = { ...data, allowFreeform: false };
    await pushEvent(gateway, sessionId, {
      type: 'user_input.requested',
      id: 'strict',
      data: asked,
    });
    const request = await nextRequest(events);
    expect(request).toMatchObject({ choices: ['a', 'b'], allowFreeform: false });
    expect(await codeOf(answer(client, request, 'c'))).toBe('BAD_USER_INPUT');
    expect((await waiting(client, sessionId)).pendingRequests).toEqual([request]);
    // The runtime has not asked it.
    expect(await answer(client, request, 'b')).toMatchObject({ outcome: 'ALREADY_RESOLVED' });
  });

  it('is cancelled with the turn although the runtime would still accept a response', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('HTTP');
    const sessionId = await newSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    await sendCalling(gateway, { client, sessionId }, question);
    const request = await nextRequest(events);
    await abort(gateway, sessionId);
    expect(await nextResolved(events)).toMatchObject({ resolution: 'CANCELLED' });
    await turnIn(events, 'ABORTED');
    expect(await answer(client, request, 'red')).toMatchObject({ outcome: 'ALREADY_RESOLVED' });
    expect(await waiting(client, sessionId)).toMatchObject({ state: 'IDLE', pendingRequests: [] });
  });
});
