import { describe, expect, it } from 'vitest';

import { subscribeResuming } from '../../support/clients/resuming-client.ts';
import { KillableGateway } from '../../support/gateway/killable-gateway.ts';
import {
  decide,
  fetchWaitingSession,
  question,
  replyAfterTool,
  requestEvents,
  sendToolPrompt,
  shell,
  waitForRequest,
  waitForResolution,
  waitForTurn,
} from '../../support/operations/requests.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { fetchTurn } from '../../support/operations/turns.ts';

const RETRY_MS = 50;

const ends = [
  { what: 'killed', end: (gateway: KillableGateway) => gateway.kill() },
  { what: 'stopped', end: (gateway: KillableGateway) => gateway.terminate() },
];

describe.each(ends)('when the gateway is $what and started again', ({ end }) => {
  it('a permission request is still pending, can be answered, and its turn resumes', async () => {
    await using gateway = await KillableGateway.start();
    const { client } = gateway;
    const sessionId = await createTestSession(gateway, client);
    await using events = subscribeResuming('WebSocket', {
      url: gateway.url,
      operation: requestEvents,
      variables: { sessionId },
      retryWaitMs: RETRY_MS,
    });
    const { held, turnId } = await sendToolPrompt(gateway, { client, sessionId }, shell);
    const request = await waitForRequest(events);
    const { cursor } = events.collected.at(-1)!.sessionEvents;
    await gateway.waitForJournal(sessionId, cursor);

    await end(gateway);
    await gateway.startAgain();
    expect(await fetchWaitingSession(client, sessionId)).toEqual({
      state: 'WAITING_FOR_INPUT',
      currentTurn: { id: turnId, state: 'WAITING_FOR_INPUT' },
      pendingRequests: [request],
    });
    expect(await decide(client, request, 'APPROVE_ONCE')).toMatchObject({ outcome: 'ACCEPTED' });
    expect(await waitForResolution(events)).toMatchObject({
      requestId: request.id,
      resolution: 'APPROVED',
    });
    await replyAfterTool(held, 'After all.');
    expect(await waitForTurn(events, 'COMPLETED', 'FAILED')).toMatchObject({
      id: turnId,
      state: 'COMPLETED',
      reply: { content: 'After all.' },
    });
  });

  it('a question is cancelled, and its turn fails with TURN_INTERRUPTED', async () => {
    await using gateway = await KillableGateway.start();
    const { client } = gateway;
    const sessionId = await createTestSession(gateway, client);
    await using events = subscribeResuming('WebSocket', {
      url: gateway.url,
      operation: requestEvents,
      variables: { sessionId },
      retryWaitMs: RETRY_MS,
    });
    const { turnId } = await sendToolPrompt(gateway, { client, sessionId }, question);
    const request = await waitForRequest(events);
    const { cursor } = events.collected.at(-1)!.sessionEvents;
    await gateway.waitForJournal(sessionId, cursor);

    await end(gateway);
    await gateway.startAgain();
    expect(await waitForResolution(events)).toMatchObject({
      requestId: request.id,
      resolution: 'WITHDRAWN',
      turnId,
    });
    await waitForTurn(events, 'FAILED');
    expect(await fetchTurn(client, sessionId, turnId)).toMatchObject({
      error: { code: 'TURN_INTERRUPTED' },
    });
    expect(await fetchWaitingSession(client, sessionId)).toMatchObject({
      state: 'IDLE',
      pendingRequests: [],
    });
  });
});
