import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import { subscribeResuming } from '../../support/clients/resuming-client.ts';
import { KillableGateway } from '../../support/gateway/killable-gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import { lookup, lookupCall, trustingProfile } from '../../support/operations/client-tools.ts';
import {
  fetchWaitingSession,
  getToolResult,
  replyAfterTool,
  requestEvents,
  sendToolPrompt,
  submitResult,
  waitForRequest,
  waitForTurn,
} from '../../support/operations/requests.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { ask } from '../../support/operations/turns.ts';

const folder = await mkdtemp(join(tmpdir(), 'gateway-profiles-'));
afterAll(() => rm(folder, { recursive: true }));

async function start(): Promise<KillableGateway> {
  const file = join(folder, 'profiles.json');
  await writeFile(file, JSON.stringify({ profiles: { default: trustingProfile } }));
  return KillableGateway.start({ runtime: 'own', env: { PROFILES_FILE: file } });
}

async function called(gateway: KillableGateway) {
  const { client } = gateway;
  const sessionId = await createTestSession(gateway, client, { clientTools: [lookup] });
  await ask(client, sessionId, prompts.short);
  const events = subscribeResuming('WebSocket', {
    url: gateway.url,
    operation: requestEvents,
    variables: { sessionId },
  });
  const sent = await sendToolPrompt(gateway, { client, sessionId }, lookupCall);
  const request = await waitForRequest(events);
  await gateway.waitForJournal(sessionId, events.collected.at(-1)?.sessionEvents.cursor);
  return { ...sent, sessionId, events, request };
}

it('a client tool call survives a kill of the runtime, and its turn resumes', async () => {
  await using gateway = await start();
  const { client } = gateway;
  const { held, request, sessionId, turnId, ...call } = await called(gateway);
  await using events = call.events;

  await gateway.killRuntime();
  await events.next(({ sessionEvents: { runtimeState } }) => runtimeState === 'LOST');
  expect((await fetchWaitingSession(client, sessionId)).pendingRequests).toEqual([request]);
  await events.next(({ sessionEvents: { runtimeState } }) => runtimeState === 'CONNECTED');
  expect(await submitResult(client, request, { result: 'a door' })).toMatchObject({
    outcome: 'ACCEPTED',
  });
  await replyAfterTool(held, 'A door, after all.');
  expect(await waitForTurn(events, 'COMPLETED', 'FAILED')).toMatchObject({
    id: turnId,
    state: 'COMPLETED',
    reply: { content: 'A door, after all.' },
  });
  expect(getToolResult(gateway)).toBe('a door');
  const told = events.collected.filter(({ sessionEvents }) => sessionEvents.request);
  expect(new Set(told.map(({ sessionEvents }) => sessionEvents.request?.id)).size).toBe(1);
});

it('a client tool call survives a kill of the gateway and its runtime', async () => {
  await using gateway = await start();
  const { events, held, request, sessionId, turnId } = await called(gateway);
  events.return();
  await gateway.kill();
  await gateway.startAgain();
  const { client } = gateway;
  const { pendingRequests } = await waitUntil(
    async () => {
      // Until there is a runtime to tell it.
      const session = await fetchWaitingSession(client, sessionId).catch(() => undefined);
      return session?.pendingRequests.length === 1 && session;
    },
    { what: () => 'the call' },
  );
  expect(pendingRequests).toEqual([request]);
  await using later = subscribeResuming('WebSocket', {
    url: gateway.url,
    operation: requestEvents,
    variables: { sessionId },
  });
  expect(await submitResult(client, request, { result: 'a door' })).toMatchObject({
    outcome: 'ACCEPTED',
  });
  await replyAfterTool(held, 'A door, after all.');
  expect(await waitForTurn(later, 'COMPLETED', 'FAILED')).toMatchObject({
    id: turnId,
    state: 'COMPLETED',
  });
  expect(getToolResult(gateway)).toBe('a door');
});
