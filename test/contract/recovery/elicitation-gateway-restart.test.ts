import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, it } from 'vitest';

import { subscribeResuming } from '../../support/clients/resuming-client.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { KillableGateway } from '../../support/gateway/killable-gateway.ts';
import { elicit, elicitingProfile } from '../../support/operations/elicitation.ts';
import {
  fetchWaitingSession,
  getToolResult,
  replyAfterTool,
  requestEvents,
  sendToolPrompt,
  submitForm,
  waitForEnd,
  waitForRequest,
  waitForTurn,
} from '../../support/operations/requests.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { provideShareableRuntime } from '../../support/runtimes/external-runtime.ts';

const RETRY_MS = 50;
const folder = await mkdtemp(join(tmpdir(), 'gateway-profiles-'));
afterAll(() => rm(folder, { recursive: true }));

const file = join(folder, 'profiles.json');
await writeFile(file, JSON.stringify({ profiles: { default: elicitingProfile } }));

it('an elicitation that is pending when the gateway and its runtime are killed is cancelled; its tool asks again, and the turn resumes', async () => {
  await using gateway = await KillableGateway.start({
    runtime: 'own',
    env: { PROFILES_FILE: file },
  });
  const { client } = gateway;
  const sessionId = await createTestSession(gateway, client);
  await using events = subscribeResuming('WebSocket', {
    url: gateway.url,
    operation: requestEvents,
    variables: { sessionId },
    retryWaitMs: RETRY_MS,
  });
  const { held, turnId } = await sendToolPrompt(gateway, { client, sessionId }, elicit('Which?'));
  const first = await waitForRequest(events);
  await gateway.waitForJournal(sessionId, events.collected.at(-1)?.sessionEvents.cursor);
  await gateway.kill();
  await gateway.startAgain();
  expect(await waitForEnd(events, first)).toMatchObject({ resolution: 'WITHDRAWN', turnId });
  const second = await waitForRequest(events);
  expect(second).toMatchObject({ message: 'Which?', turnId });
  expect(second.id).not.toBe(first.id);
  expect(await fetchWaitingSession(client, sessionId)).toMatchObject({
    state: 'WAITING_FOR_INPUT',
    currentTurn: { id: turnId },
    pendingRequests: [second],
  });
  expect(await submitForm(client, first, { action: 'DECLINE' })).toMatchObject({
    outcome: 'ALREADY_RESOLVED',
  });
  const form = { action: 'ACCEPT', content: { size: 'M' } } as const;
  expect(await submitForm(client, second, form)).toMatchObject({ outcome: 'ACCEPTED' });
  await replyAfterTool(held, 'After all.');
  expect(await waitForTurn(events, 'COMPLETED', 'FAILED')).toMatchObject({
    id: turnId,
    state: 'COMPLETED',
    reply: { content: 'After all.' },
  });
  const heard = { action: 'accept', content: { size: 'M' } };
  expect(JSON.parse(String(getToolResult(gateway)))).toEqual(heard);
}, 40_000);

it('an elicitation that is pending when a gateway stops is cancelled by the surviving runtime, and nothing stays blocked', async () => {
  await using runtime = await provideShareableRuntime();
  const profiles = { default: elicitingProfile };
  await using gateway = await startTestGateway({ env: runtime.env, profiles });
  const before = gateway.connect('WebSocket');
  const sessionId = await createTestSession(gateway, before);
  const { cursor: after } = await fetchSession(before, sessionId);
  await using early = await before.subscribe(requestEvents, { sessionId });
  const { turnId } = await sendToolPrompt(gateway, { client: before, sessionId }, elicit('Which?'));
  const request = await waitForRequest(early);
  await gateway.restart();

  const client = gateway.connect('WebSocket');
  await using events = await client.subscribe(requestEvents, { sessionId, after });
  expect(await waitForEnd(events, request)).toMatchObject({ resolution: 'WITHDRAWN', turnId });
  const { sessionEvents: next } = await events.next(
    ({ sessionEvents: event }) =>
      event.turn?.state === 'FAILED' || (!!event.request && event.request.id !== request.id),
  );
  // The runtime cancels the form when its last client leaves, or asks again, whichever is faster.
  if (next.turn) {
    expect(next.turn).toMatchObject({ id: turnId, error: { code: 'TURN_INTERRUPTED' } });
    expect(await fetchWaitingSession(client, sessionId)).toMatchObject({
      state: 'IDLE',
      pendingRequests: [],
    });
  } else {
    expect(next.request).toMatchObject({ message: 'Which?', turnId });
    expect((await fetchWaitingSession(client, sessionId)).pendingRequests).toEqual([next.request]);
  }
});
