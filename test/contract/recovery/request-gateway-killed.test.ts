import { describe, expect, it } from 'vitest';

import { subscribeResuming } from '../../support/clients/resuming-client.ts';
import { KillableGateway } from '../../support/gateway/killable-gateway.ts';
import {
  decide,
  nextRequest,
  nextResolved,
  question,
  requestEvents,
  sayAfterTool,
  sendCalling,
  shell,
  turnIn,
  waiting,
} from '../../support/operations/requests.ts';
import { newSession } from '../../support/operations/sessions.ts';
import { turnOf } from '../../support/operations/turns.ts';

const RETRY_MS = 50;

const ends = [
  { what: 'killed', end: (gateway: KillableGateway) => gateway.kill() },
  { what: 'stopped', end: (gateway: KillableGateway) => gateway.terminate() },
];

describe.each(ends)('when the gateway is $what and started again', ({ end }) => {
  it('a permission request is still pending, can be answered, and its turn resumes', async () => {
    await using gateway = await KillableGateway.start();
    const { client } = gateway;
    const sessionId = await newSession(gateway, client);
    await using events = subscribeResuming('WebSocket', {
      url: gateway.url,
      operation: requestEvents,
      variables: { sessionId },
      retryWaitMs: RETRY_MS,
    });
    const { held, turnId } = await sendCalling(gateway, { client, sessionId }, shell);
    const request = await nextRequest(events);
    const { cursor } = events.collected.at(-1)!.sessionEvents;
    await gateway.hasWritten(sessionId, cursor);

    await end(gateway);
    await gateway.startAgain();
    expect(await waiting(client, sessionId)).toEqual({
      state: 'WAITING_FOR_INPUT',
      currentTurn: { id: turnId, state: 'WAITING_FOR_INPUT' },
      pendingRequests: [request],
    });
    expect(await decide(client, request, 'APPROVE_ONCE')).toMatchObject({ outcome: 'ACCEPTED' });
    expect(await nextResolved(events)).toMatchObject({
      requestId: request.id,
      resolution: 'APPROVED',
    });
    await sayAfterTool(held, 'After all.');
    expect(await turnIn(events, 'COMPLETED', 'FAILED')).toMatchObject({
      id: turnId,
      state: 'COMPLETED',
      reply: { content: 'After all.' },
    });
  });

  it('a question is cancelled, and its turn fails with TURN_INTERRUPTED', async () => {
    await using gateway = await KillableGateway.start();
    const { client } = gateway;
    const sessionId = await newSession(gateway, client);
    await using events = subscribeResuming('WebSocket', {
      url: gateway.url,
      operation: requestEvents,
      variables: { sessionId },
      retryWaitMs: RETRY_MS,
    });
    const { turnId } = await sendCalling(gateway, { client, sessionId }, question);
    const request = await nextRequest(events);
    const { cursor } = events.collected.at(-1)!.sessionEvents;
    await gateway.hasWritten(sessionId, cursor);

    await end(gateway);
    await gateway.startAgain();
    expect(await nextResolved(events)).toMatchObject({
      requestId: request.id,
      resolution: 'WITHDRAWN',
      turnId,
    });
    await turnIn(events, 'FAILED');
    expect(await turnOf(client, sessionId, turnId)).toMatchObject({
      error: { code: 'TURN_INTERRUPTED' },
    });
    expect(await waiting(client, sessionId)).toMatchObject({ state: 'IDLE', pendingRequests: [] });
  });
});
