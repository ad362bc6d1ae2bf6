import { expect, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import { subscribeResuming } from '../../support/clients/resuming-client.ts';
import { KillableGateway } from '../../support/gateway/killable-gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import {
  answerQuestion,
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
import { readStatus } from '../../support/operations/status.ts';
import { ask, fetchTurn } from '../../support/operations/turns.ts';

it('a permission request survives a kill of the runtime, and its turn resumes', async () => {
  await using gateway = await KillableGateway.start({ runtime: 'own' });
  const { client } = gateway;
  const sessionId = await createTestSession(gateway, client);
  await ask(client, sessionId, prompts.short);
  await using events = subscribeResuming('WebSocket', {
    url: gateway.url,
    operation: requestEvents,
    variables: { sessionId },
  });
  const { held, turnId } = await sendToolPrompt(gateway, { client, sessionId }, shell);
  const request = await waitForRequest(events);
  const { cursor } = events.collected.at(-1)!.sessionEvents;
  await gateway.waitForJournal(sessionId, cursor);

  await gateway.killRuntime();
  await events.next(({ sessionEvents: { runtimeState } }) => runtimeState === 'LOST');
  expect((await fetchWaitingSession(client, sessionId)).pendingRequests).toEqual([request]);
  await events.next(({ sessionEvents: { runtimeState } }) => runtimeState === 'CONNECTED');
  expect(await decide(client, request, 'APPROVE_ONCE')).toMatchObject({ outcome: 'ACCEPTED' });
  expect(await waitForResolution(events)).toMatchObject({ resolution: 'APPROVED' });
  await replyAfterTool(held, 'After all.');
  expect(await waitForTurn(events, 'COMPLETED', 'FAILED')).toMatchObject({
    id: turnId,
    state: 'COMPLETED',
    reply: { content: 'After all.' },
  });
});

it('a question is cancelled by a kill of the runtime, and its turn is interrupted', async () => {
  await using gateway = await KillableGateway.start({ runtime: 'own' });
  const { client } = gateway;
  const sessionId = await createTestSession(gateway, client);
  await ask(client, sessionId, prompts.short);
  await using events = subscribeResuming('WebSocket', {
    url: gateway.url,
    operation: requestEvents,
    variables: { sessionId },
  });
  const { turnId } = await sendToolPrompt(gateway, { client, sessionId }, question);
  const request = await waitForRequest(events);
  await gateway.killRuntime();
  expect(await waitForResolution(events)).toMatchObject({
    requestId: request.id,
    resolution: 'WITHDRAWN',
  });
  await waitForTurn(events, 'FAILED');
  expect(await fetchTurn(client, sessionId, turnId)).toMatchObject({
    error: { code: 'TURN_INTERRUPTED' },
  });
  await waitUntil(async () => (await client.run(readStatus)).status.healthy, {
    what: () => 'the next runtime',
  });
  expect(await answerQuestion(client, request, 'red')).toMatchObject({
    outcome: 'ALREADY_RESOLVED',
  });
});
