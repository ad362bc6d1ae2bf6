import { expect, it } from 'vitest';

import { until } from '../../support/assertions/until.ts';
import { subscribeResuming } from '../../support/clients/resuming-client.ts';
import { KillableGateway } from '../../support/gateway/killable-gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import {
  answer,
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
import { readStatus } from '../../support/operations/status.ts';
import { ask, turnOf } from '../../support/operations/turns.ts';

it('a permission request survives a kill of the runtime, and its turn resumes', async () => {
  await using gateway = await KillableGateway.start({ runtime: 'own' });
  const { client } = gateway;
  const sessionId = await newSession(gateway, client);
  await ask(client, sessionId, prompts.short);
  await using events = subscribeResuming('WebSocket', {
    url: gateway.url,
    operation: requestEvents,
    variables: { sessionId },
  });
  const { held, turnId } = await sendCalling(gateway, { client, sessionId }, shell);
  const request = await nextRequest(events);
  const { cursor } = events.collected.at(-1)!.sessionEvents;
  await gateway.hasWritten(sessionId, cursor);

  await gateway.killRuntime();
  await events.next(({ sessionEvents: { runtimeState } }) => runtimeState === 'LOST');
  expect((await waiting(client, sessionId)).pendingRequests).toEqual([request]);
  await events.next(({ sessionEvents: { runtimeState } }) => runtimeState === 'CONNECTED');
  expect(await decide(client, request, 'APPROVE_ONCE')).toMatchObject({ outcome: 'ACCEPTED' });
  expect(await nextResolved(events)).toMatchObject({ resolution: 'APPROVED' });
  await sayAfterTool(held, 'After all.');
  expect(await turnIn(events, 'COMPLETED', 'FAILED')).toMatchObject({
    id: turnId,
    state: 'COMPLETED',
    reply: { content: 'After all.' },
  });
});

it('a question is cancelled by a kill of the runtime, and its turn is interrupted', async () => {
  await using gateway = await KillableGateway.start({ runtime: 'own' });
  const { client } = gateway;
  const sessionId = await newSession(gateway, client);
  await ask(client, sessionId, prompts.short);
  await using events = subscribeResuming('WebSocket', {
    url: gateway.url,
    operation: requestEvents,
    variables: { sessionId },
  });
  const { turnId } = await sendCalling(gateway, { client, sessionId }, question);
  const request = await nextRequest(events);
  await gateway.killRuntime();
  expect(await nextResolved(events)).toMatchObject({
    requestId: request.id,
    resolution: 'WITHDRAWN',
  });
  await turnIn(events, 'FAILED');
  expect(await turnOf(client, sessionId, turnId)).toMatchObject({
    error: { code: 'TURN_INTERRUPTED' },
  });
  await until(async () => (await client.run(readStatus)).status.healthy, {
    what: () => 'the next runtime',
  });
  expect(await answer(client, request, 'red')).toMatchObject({ outcome: 'ALREADY_RESOLVED' });
});
