import { expect, inject, it } from 'vitest';

import { until } from '../../support/assertions/until.ts';
import type { Client } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import {
  answer,
  decide,
  nextResolved,
  question,
  readRequests,
  type RequestEvent,
  requestEvents,
  sayAfterTool,
  sendCalling,
  shell,
  turnIn,
  waiting,
} from '../../support/operations/requests.ts';
import { newSession, read } from '../../support/operations/sessions.ts';
import { ask, turnOf } from '../../support/operations/turns.ts';
import {
  ExternalRuntime,
  shareableRuntime,
  startOtherClient,
} from '../../support/runtimes/external-runtime.ts';

async function nextWaiting(client: Client, sessionId: string) {
  return until(
    async () => {
      const { pendingRequests } = await waiting(client, sessionId);
      return pendingRequests[0];
    },
    { what: () => 'a request' },
  );
}

it('a request that is pending across a gateway restart keeps its deadline and expires', async () => {
  const profile = { tools: ['builtin:*'], requestTimeout: '5s' };
  await using gateway = await startTestGateway({ profiles: { default: profile } });
  const sessionId = await newSession(gateway, gateway.connect('HTTP'));
  const { held } = await sendCalling(
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
  expect(await nextResolved(events)).toMatchObject({
    requestId: request.id,
    resolution: 'EXPIRED',
  });
  await sayAfterTool(held, 'Then without.');
  await turnIn(events, 'COMPLETED');
});

it("a turn that another client unblocked during the gateway's absence is found running", async () => {
  await using runtime = await shareableRuntime();
  await using gateway = await startTestGateway({ env: runtime.env });
  await using other = await startOtherClient(runtime);
  const before = gateway.connect('HTTP');
  const sessionId = await newSession(gateway, before);
  const { cursor } = await read(before, sessionId);
  const { held, turnId } = await sendCalling(gateway, { client: before, sessionId }, shell);
  const request = await nextWaiting(before, sessionId);
  const attached = await other.resumeSession(sessionId, { continuePendingWork: true });
  await gateway.stop();
  const requestId = request.id.replace('request:', '');
  await attached.rpc.permissions.handlePendingPermissionRequest({
    requestId,
    result: { kind: 'approve-once' },
  });
  const call = await held.call();
  await gateway.start();

  const client = gateway.connect('HTTP');
  expect(await waiting(client, sessionId)).toMatchObject({ pendingRequests: [] });
  expect(await waiting(client, sessionId)).toMatchObject({
    state: 'RUNNING',
    currentTurn: { id: turnId, state: 'RUNNING' },
  });
  await using events = await gateway
    .connect('WebSocket')
    .subscribe(requestEvents, { sessionId, after: cursor });
  expect(await nextResolved(events)).toMatchObject({
    requestId: request.id,
    resolution: 'APPROVED',
  });
  call.write('After all.');
  call.finish();
  expect(await turnIn(events, 'COMPLETED', 'FAILED')).toMatchObject({
    id: turnId,
    state: 'COMPLETED',
    reply: { content: 'After all.' },
  });
});

it('a request of a runtime that is not back yet is listed as pending and can be answered when the runtime is back', async () => {
  await using runtime = await ExternalRuntime.start();
  await using gateway = await startTestGateway({ env: runtime.env });
  const before = gateway.connect('HTTP');
  const sessionId = await newSession(gateway, before);
  await sendCalling(gateway, { client: before, sessionId }, shell);
  const request = await nextWaiting(before, sessionId);
  await gateway.stop();
  await runtime.kill();
  await gateway.start();

  const client = gateway.connect('HTTP');
  const { data, errors } = await client.execute(readRequests, { id: sessionId });
  expect(data?.session).toMatchObject({ state: 'WAITING_FOR_INPUT', pendingRequests: null });
  expect(errors).toMatchObject([{ extensions: { code: 'RUNTIME_UNAVAILABLE', retryable: true } }]);
  await runtime.start();
  const again = await until(
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
  const sessionId = await newSession(gateway, before);
  await ask(before, sessionId, prompts.short);
  const { cursor } = await read(before, sessionId);
  const { held, turnId } = await sendCalling(gateway, { client: before, sessionId }, shell);
  const permission = await nextWaiting(before, sessionId);
  await gateway.restart();
  await decide(gateway.connect('HTTP'), permission, 'APPROVE_ONCE');
  await sayAfterTool(held, 'Made.');
  await until(async () => (await turnOf(gateway.connect('HTTP'), sessionId, turnId)).finishedAt, {
    what: () => 'the end of the turn',
  });
  await gateway.restart();

  await using events = await gateway
    .connect('WebSocket')
    .subscribe(requestEvents, { sessionId, after: cursor });
  await turnIn(events, 'COMPLETED');
  const told = events.collected.map((value) => value.sessionEvents);
  expect(requestSteps(told, permission.id)).toEqual(['pending', 'APPROVED']);
  expect(told.find(({ request }) => request)?.request).toEqual(permission);
});

it('a late subscriber receives the outcome of a question that the runtime has forgotten', async () => {
  await using gateway = await startTestGateway();
  const before = gateway.connect('HTTP');
  const sessionId = await newSession(gateway, before);
  await ask(before, sessionId, prompts.short);
  const { cursor } = await read(before, sessionId);
  const { held, turnId } = await sendCalling(gateway, { client: before, sessionId }, question);
  const asked = await nextWaiting(before, sessionId);
  await answer(before, asked, 'red');
  await sayAfterTool(held, 'Red.');
  await until(async () => (await turnOf(before, sessionId, turnId)).finishedAt, {
    what: () => 'the end of the turn',
  });
  await gateway.restart();

  await using events = await gateway
    .connect('WebSocket')
    .subscribe(requestEvents, { sessionId, after: cursor });
  await turnIn(events, 'COMPLETED');
  const told = events.collected.map((value) => value.sessionEvents);
  expect(requestSteps(told, asked.id)).toEqual(['ANSWERED']);
});

// The runtime that comes with the SDK does so when it has had a permission to wait for; the CLI does not.
const mayAskAgain = it.runIf(inject('runtime').kind === 'bundled');
mayAskAgain('a question that is asked again is another request of the same turn', async () => {
  await using gateway = await startTestGateway();
  const before = gateway.connect('HTTP');
  const sessionId = await newSession(gateway, before);
  const { cursor } = await read(before, sessionId);
  const allowed = await sendCalling(gateway, { client: before, sessionId }, shell);
  await decide(before, await nextWaiting(before, sessionId), 'APPROVE_ONCE');
  (await allowed.held.call()).callTool(question.name, question.args);
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
  const again = await until(async () => (await waiting(client, sessionId)).pendingRequests[0], {
    what: () => 'the question',
  });
  expect(again).toMatchObject({ question: 'Which colour?', turnId: asked.turnId });
  expect(again.id).not.toBe(asked.id);
  await answer(client, again, 'red');
  await sayAfterTool(allowed.held, 'Red.');
  expect(await turnIn(events, 'COMPLETED', 'FAILED')).toMatchObject({
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
