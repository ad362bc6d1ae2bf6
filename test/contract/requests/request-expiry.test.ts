import { expect, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import {
  decide,
  fetchWaitingSession,
  getToolResult,
  isRequestWritten,
  measureTimeout,
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
import { ExternalRuntime } from '../../support/runtimes/external-runtime.ts';

const profiles = { default: { tools: ['builtin:*'], requestTimeout: '1s' } };

it.each([
  ['a permission', shell],
  ['a question', question],
])('%s that nobody answers in time is refused, and the turn goes on', async (_name, tool) => {
  await using gateway = await startTestGateway({ profiles });
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client);
  await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
  const { held } = await sendToolPrompt(gateway, { client, sessionId }, tool);
  const request = await waitForRequest(events);
  expect(measureTimeout(request)).toBe(1_000);
  expect(await waitForResolution(events)).toMatchObject({
    requestId: request.id,
    resolution: 'EXPIRED',
    feedback: expect.stringContaining('No user responded in time') as string,
  });
  await replyAfterTool(held, 'Then without.');
  await waitForTurn(events, 'COMPLETED');
  expect(getToolResult(gateway)).toMatch(/No user responded in time/);
  expect(await fetchWaitingSession(client, sessionId)).toMatchObject({
    state: 'IDLE',
    pendingRequests: [],
  });
  if (tool !== shell) return;
  expect(await decide(client, request, 'APPROVE_ONCE')).toMatchObject({
    outcome: 'ALREADY_RESOLVED',
  });
});

it('a request that expires while the runtime is unavailable is rejected when it is back', async () => {
  await using runtime = await ExternalRuntime.start();
  const patient = { default: { ...profiles.default, requestTimeout: '5s' } };
  await using gateway = await startTestGateway({ env: runtime.env, profiles: patient });
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client);
  await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
  const { held } = await sendToolPrompt(gateway, { client, sessionId }, shell);
  const request = await waitForRequest(events);
  await waitUntil(() => isRequestWritten(gateway, sessionId), {
    what: () => 'the request in the journal',
  });
  await runtime.kill();
  await waitUntil(() => gateway.logs.some(({ msg }) => msg === 'failed to answer request'), {
    what: () => 'a refusal that fails',
  });
  expect((await fetchWaitingSession(client, sessionId)).pendingRequests).toEqual([request]);
  await runtime.start();
  expect(await waitForResolution(events)).toMatchObject({
    requestId: request.id,
    resolution: 'EXPIRED',
  });
  await replyAfterTool(held, 'Then without.');
  await waitForTurn(events, 'COMPLETED');
});
