import { expect, it } from 'vitest';

import { newSession } from '../support/chat.ts';
import { startTestGateway } from '../support/gateway.ts';
import {
  decide,
  nextRequest,
  nextResolved,
  question,
  requestEvents,
  sayAfterTool,
  sendCalling,
  shell,
  toolResult,
  turnIn,
  waiting,
} from '../support/requests.ts';

const profiles = { default: { tools: ['builtin:*'], requestTimeout: '1s' } };

it.each([
  ['a permission', shell],
  ['a question', question],
])('%s that nobody answers in time is refused, and the turn goes on', async (_name, tool) => {
  await using gateway = await startTestGateway({ profiles });
  const client = gateway.connect('HTTP');
  const sessionId = await newSession(gateway, client);
  await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
  const { held } = await sendCalling(gateway, { client, sessionId }, tool);
  const request = await nextRequest(events);
  expect(Date.parse(request.expiresAt) - Date.parse(request.requestedAt)).toBe(1_000);
  expect(await nextResolved(events)).toMatchObject({
    requestId: request.id,
    resolution: 'EXPIRED',
    feedback: expect.stringContaining('Nobody answered in time') as string,
  });
  await sayAfterTool(held, 'Then without.');
  await turnIn(events, 'COMPLETED');
  expect(toolResult(gateway)).toMatch(/Nobody answered in time/);
  expect(await waiting(client, sessionId)).toMatchObject({ state: 'IDLE', pendingRequests: [] });
  if (tool !== shell) return;
  expect(await decide(client, request, 'APPROVE_ONCE')).toMatchObject({
    outcome: 'ALREADY_RESOLVED',
  });
});
