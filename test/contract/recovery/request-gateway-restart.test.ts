import { expect, inject, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import type { Client } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import {
  answerQuestion,
  decide,
  fetchWaitingSession,
  question,
  readRequests,
  replyAfterTool,
  type RequestEvent,
  requestEvents,
  sendToolPrompt,
  shell,
  waitForResolution,
  waitForTurn,
} from '../../support/operations/requests.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { ask, fetchTurn } from '../../support/operations/turns.ts';
import {
  ExternalRuntime,
  provideShareableRuntime,
  startOtherClient,
} from '../../support/runtimes/external-runtime.ts';

async function nextWaiting(client: Client, sessionId: string) {
  return waitUntil(
    async () => {
      const { pendingRequests } = await fetchWaitingSession(client, sessionId);
      return pendingRequests[0];
    },
    { what: () => 'a request' },
  );
}

it('a request that is pending across a gateway restart keeps its deadline and expires', async () => {
  const profile = { tools: ['builtin:*'], requestTimeout: '5s' };
  await using gateway = await startTestGateway({ profiles: { default: profile } });
  const sessionId = await createTestSession(gateway, gateway.connect('HTTP'));
  const { held } = await sendToolPrompt(
    gateway,
    { client: gateway.connect('HTTP'), sessionId },
    shell,
  );
  const request = await nextWaiting(gateway.connect('HTTP'), sessionId);
  // Not that of later ones.
  profile.requestTimeout = '10m';
  await gateway.restart();

  const client = gateway.connect('HTTP');
  expect(await nextWaiting(client, sessionId)).toEqual(request);
  await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
  expect(await waitForResolution(events)).toMatchObject({
    requestId: request.id,
    resolution: 'EXPIRED',
  });
  await replyAfterTool(held, 'Then without.');
  await waitForTurn(events, 'COMPLETED');
});

it("a turn that another client unblocked during the gateway's absence is found running", async () => {
  await using runtime = await provideShareableRuntime();
  await using gateway = await startTestGateway({ env: runtime.env });
  await using other = await startOtherClient(runtime);
  const before = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, before);
  const { cursor } = await fetchSession(before, sessionId);
  const { held, turnId } = await sendToolPrompt(gateway, { client: before, sessionId }, shell);
  const request = await nextWaiting(before, sessionId);
  const attached = await other.resumeSession(sessionId, { continuePendingWork: true });
  await gateway.stop();
  const requestId = request.id.replace('request:', '');
  await attached.rpc.permissions.handlePendingPermissionRequest({
    requestId,
    result: { kind: 'approve-once' },
  });
  const call = await held.nextCall();
  await gateway.start();

  const client = gateway.connect('HTTP');
  expect(await fetchWaitingSession(client, sessionId)).toMatchObject({ pendingRequests: [] });
  expect(await fetchWaitingSession(client, sessionId)).toMatchObject({
    state: 'RUNNING',
    currentTurn: { id: turnId, state: 'RUNNING' },
  });
  await using events = await gateway
    .connect('WebSocket')
    .subscribe(requestEvents, { sessionId, after: cursor });
  expect(await waitForResolution(events)).toMatchObject({
    requestId: request.id,
    resolution: 'APPROVED',
  });
  call.write('After all.');
  call.finish();
  expect(await waitForTurn(events, 'COMPLETED', 'FAILED')).toMatchObject({
    id: turnId,
    state: 'COMPLETED',
    reply: { content: 'After all.' },
  });
});

it('a request of a runtime that is not back yet is listed as pending and can be answered when the runtime is back', async () => {
  await using runtime = await ExternalRuntime.start();
  await using gateway = await startTestGateway({ env: runtime.env });
  const before = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, before);
  await sendToolPrompt(gateway, { client: before, sessionId }, shell);
  const request = await nextWaiting(before, sessionId);
  await gateway.stop();
  await runtime.kill();
  await gateway.start();

  const client = gateway.connect('HTTP');
  const { data, errors } = await client.execute(readRequests, { id: sessionId });
  expect(data?.session).toMatchObject({ state: 'WAITING_FOR_INPUT', pendingRequests: null });
  expect(errors).toMatchObject([{ extensions: { code: 'RUNTIME_UNAVAILABLE', retryable: true } }]);
  await runtime.start();
  const again = await waitUntil(
    async () =>
      (await client.execute(readRequests, { id: sessionId })).data?.session.pendingRequests ??
      undefined,
    { what: () => 'the request' },
  );
  expect(again).toEqual([request]);
  expect(await decide(client, request, 'REJECT', 'No.')).toMatchObject({ outcome: 'ACCEPTED' });
});

it('a late subscriber receives the outcome of a request, also after another restart', async () => {
  await using gateway = await startTestGateway();
  const before = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, before);
  await ask(before, sessionId, prompts.short);
  const { cursor } = await fetchSession(before, sessionId);
  const { held, turnId } = await sendToolPrompt(gateway, { client: before, sessionId }, shell);
  const permission = await nextWaiting(before, sessionId);
  await gateway.restart();
  await decide(gateway.connect('HTTP'), permission, 'APPROVE_ONCE');
  await replyAfterTool(held, 'Made.');
  await waitUntil(
    async () => (await fetchTurn(gateway.connect('HTTP'), sessionId, turnId)).finishedAt,
    {
      what: () => 'the end of the turn',
    },
  );
  await gateway.restart();

  await using events = await gateway
    .connect('WebSocket')
    .subscribe(requestEvents, { sessionId, after: cursor });
  await waitForTurn(events, 'COMPLETED');
  const told = events.collected.map((value) => value.sessionEvents);
  expect(requestSteps(told, permission.id)).toEqual(['pending', 'APPROVED']);
  expect(told.find(({ request }) => request)?.request).toEqual(permission);
});

it('a late subscriber receives the outcome of a question that the runtime has forgotten', async () => {
  await using gateway = await startTestGateway();
  const before = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, before);
  await ask(before, sessionId, prompts.short);
  const { cursor } = await fetchSession(before, sessionId);
  const { held, turnId } = await sendToolPrompt(gateway, { client: before, sessionId }, question);
  const asked = await nextWaiting(before, sessionId);
  await answerQuestion(before, asked, 'red');
  await replyAfterTool(held, 'Red.');
  await waitUntil(async () => (await fetchTurn(before, sessionId, turnId)).finishedAt, {
    what: () => 'the end of the turn',
  });
  await gateway.restart();

  await using events = await gateway
    .connect('WebSocket')
    .subscribe(requestEvents, { sessionId, after: cursor });
  await waitForTurn(events, 'COMPLETED');
  const told = events.collected.map((value) => value.sessionEvents);
  expect(requestSteps(told, asked.id)).toEqual(['ANSWERED']);
});

// The runtime that comes with the SDK does so when it has had a permission to wait for; the CLI does not.
const mayAskAgain = it.runIf(inject('runtime').kind === 'bundled');
mayAskAgain('a question that is asked again is another request of the same turn', async () => {
  await using gateway = await startTestGateway();
  const before = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, before);
  const { cursor } = await fetchSession(before, sessionId);
  const allowed = await sendToolPrompt(gateway, { client: before, sessionId }, shell);
  await decide(before, await nextWaiting(before, sessionId), 'APPROVE_ONCE');
  (await allowed.held.nextCall()).callTool(question.name, question.args);
  const asked = await nextWaiting(before, sessionId);
  await gateway.restart();

  const client = gateway.connect('HTTP');
  await using events = await gateway
    .connect('WebSocket')
    .subscribe(requestEvents, { sessionId, after: cursor });
  await events.next(
    ({ sessionEvents: { requestId, resolution } }) =>
      requestId === asked.id && resolution === 'WITHDRAWN',
  );
  const again = await waitUntil(
    async () => (await fetchWaitingSession(client, sessionId)).pendingRequests[0],
    {
      what: () => 'the question',
    },
  );
  expect(again).toMatchObject({ question: 'Which colour?', turnId: asked.turnId });
  expect(again.id).not.toBe(asked.id);
  await answerQuestion(client, again, 'red');
  await replyAfterTool(allowed.held, 'Red.');
  expect(await waitForTurn(events, 'COMPLETED', 'FAILED')).toMatchObject({
    id: allowed.turnId,
    state: 'COMPLETED',
  });
});

/** What a client is told of one request, without repetitions. */
function requestSteps(events: readonly RequestEvent[], id: string): string[] {
  const steps = events.flatMap(({ request, requestId, resolution }) => {
    if (request?.id === id) return ['pending'];
    return requestId === id && resolution ? [resolution] : [];
  });
  return steps.filter((step, index) => step !== steps[index - 1]);
}
