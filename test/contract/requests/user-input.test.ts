import { describe, expect, it } from 'vitest';

import { catchErrorCode } from '../../support/assertions/failures.ts';
import { transports } from '../../support/clients/transports.ts';
import { pushEvent } from '../../support/gateway/attached.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import {
  abortInRuntime,
  answerQuestion,
  decide,
  fetchWaitingSession,
  getToolResult,
  question,
  replyAfterTool,
  requestEvents,
  sendToolPrompt,
  waitForRequest,
  waitForResolution,
  waitForTurn,
} from '../../support/operations/requests.ts';
import { createTestSession } from '../../support/operations/sessions.ts';

describe.each(transports)('a question of the agent, over %s', (transport) => {
  it('is announced, stays pending, and can be answered with a choice', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    const { held, turnId } = await sendToolPrompt(gateway, { client, sessionId }, question);

    const request = await waitForRequest(events);
    expect(request).toMatchObject({
      __typename: 'UserInputRequest',
      turnId,
      toolCallId: expect.stringMatching(/^tool:.+:call-held$/) as string,
      question: 'Which colour?',
      choices: ['red', 'blue'],
      allowFreeform: true,
    });
    await waitForTurn(events, 'WAITING_FOR_INPUT');
    expect(await fetchWaitingSession(client, sessionId)).toMatchObject({
      state: 'WAITING_FOR_INPUT',
      pendingRequests: [request],
    });

    expect(await answerQuestion(client, request, 'blue')).toMatchObject({ outcome: 'ACCEPTED' });
    expect(await waitForResolution(events)).toMatchObject({
      requestId: request.id,
      resolution: 'ANSWERED',
      feedback: 'blue',
    });
    await replyAfterTool(held, 'Blue it is.');
    await waitForTurn(events, 'COMPLETED');
    expect(getToolResult(gateway)).toBe('User selected: blue');
  });
});

describe('a question of the agent', () => {
  it('can be answered with free text', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('HTTP');
    const sessionId = await createTestSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    const { held } = await sendToolPrompt(gateway, { client, sessionId }, question);
    await answerQuestion(client, await waitForRequest(events), 'green, please');
    await replyAfterTool(held, 'Green it is.');
    await waitForTurn(events, 'COMPLETED');
    expect(getToolResult(gateway)).toMatch(/green, please/);
  });

  it('accepts the first valid response and reports later ones as already resolved', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('HTTP');
    const other = gateway.connect('WebSocket');
    const sessionId = await createTestSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    const { held } = await sendToolPrompt(gateway, { client, sessionId }, question);
    const request = await waitForRequest(events);
    const outcomes = await Promise.all([
      answerQuestion(client, request, 'red'),
      answerQuestion(other, request, 'blue'),
    ]);
    const [first] = outcomes;
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['ACCEPTED', 'ALREADY_RESOLVED']);
    const taken = first.outcome === 'ACCEPTED' ? 'red' : 'blue';
    expect(await waitForResolution(events)).toMatchObject({
      resolution: 'ANSWERED',
      feedback: taken,
    });
    await replyAfterTool(held, 'Thank you.');
    await waitForTurn(events, 'COMPLETED');
    expect(await answerQuestion(other, request, 'blue')).toMatchObject({
      outcome: 'ALREADY_RESOLVED',
    });
  });

  it('stays pending after invalid responses', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('HTTP');
    const sessionId = await createTestSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    const { held } = await sendToolPrompt(gateway, { client, sessionId }, question);
    const request = await waitForRequest(events);
    expect(await catchErrorCode(answerQuestion(client, request, ' '))).toBe('BAD_USER_INPUT');
    expect(await catchErrorCode(answerQuestion(client, request, 'x'.repeat(300_000)))).toBe(
      'BAD_USER_INPUT',
    );
    expect(await catchErrorCode(decide(client, request, 'APPROVE_ONCE'))).toBe('BAD_USER_INPUT');
    expect((await fetchWaitingSession(client, sessionId)).pendingRequests).toEqual([request]);
    await answerQuestion(client, request, 'red');
    await replyAfterTool(held, 'Thank you.');
    await waitForTurn(events, 'COMPLETED');
  });

  it('accepts only its choices when free text is not allowed', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('HTTP');
    const sessionId = await createTestSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    // Its agent cannot say so.
    const data = { requestId: 'strict', question: 'Which?', choices: ['a', 'b'] };
    const asked = { ...data, allowFreeform: false };
    await pushEvent(gateway, sessionId, {
      type: 'user_input.requested',
      id: 'strict',
      data: asked,
    });
    const request = await waitForRequest(events);
    expect(request).toMatchObject({ choices: ['a', 'b'], allowFreeform: false });
    expect(await catchErrorCode(answerQuestion(client, request, 'c'))).toBe('BAD_USER_INPUT');
    expect((await fetchWaitingSession(client, sessionId)).pendingRequests).toEqual([request]);
    // The runtime has not asked it.
    expect(await answerQuestion(client, request, 'b')).toMatchObject({
      outcome: 'ALREADY_RESOLVED',
    });
  });

  it('is cancelled with the turn although the runtime would still accept a response', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('HTTP');
    const sessionId = await createTestSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    await sendToolPrompt(gateway, { client, sessionId }, question);
    const request = await waitForRequest(events);
    await abortInRuntime(gateway, sessionId);
    expect(await waitForResolution(events)).toMatchObject({ resolution: 'CANCELLED' });
    await waitForTurn(events, 'ABORTED');
    expect(await answerQuestion(client, request, 'red')).toMatchObject({
      outcome: 'ALREADY_RESOLVED',
    });
    expect(await fetchWaitingSession(client, sessionId)).toMatchObject({
      state: 'IDLE',
      pendingRequests: [],
    });
  });
});
