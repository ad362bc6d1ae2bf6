import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, it } from 'vitest';

import { subscribeResuming } from '../../support/clients/resuming-client.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { KillableGateway } from '../../support/gateway/killable-gateway.ts';
import { asking, elicit } from '../../support/operations/elicitation.ts';
import {
  endOf,
  fillIn,
  nextRequest,
  requestEvents,
  sayAfterTool,
  sendCalling,
  toolResult,
  turnIn,
  waiting,
} from '../../support/operations/requests.ts';
import { newSession, read } from '../../support/operations/sessions.ts';
import { shareableRuntime } from '../../support/runtimes/external-runtime.ts';

const RETRY_MS = 50;
const folder = await mkdtemp(join(tmpdir(), 'gateway-profiles-'));
afterAll(() => rm(folder, { recursive: true }));

const file = join(folder, 'profiles.json');
await writeFile(file, JSON.stringify({ profiles: { default: asking } }));

it('an elicitation that is pending when the gateway and its runtime are killed is cancelled; its tool asks again, and the turn resumes', async () => {
  await using gateway = await KillableGateway.start({
    runtime: 'own',
    env: { PROFILES_FILE: file },
  });
  const { client } = gateway;
  const sessionId = await newSession(gateway, client);
  await using events = subscribeResuming('WebSocket', {
    url: gateway.url,
    operation: requestEvents,
    variables: { sessionId },
    retryWaitMs: RETRY_MS,
  });
  const { held, turnId } = await sendCalling(gateway, { client, sessionId }, elicit('Which?'));
  const first = await nextRequest(events);
  await gateway.hasWritten(sessionId, events.collected.at(-1)?.sessionEvents.cursor);
  await gateway.kill();
  await gateway.startAgain();
  expect(await endOf(events, first)).toMatchObject({ resolution: 'WITHDRAWN', turnId });
  const second = await nextRequest(events);
  expect(second).toMatchObject({ message: 'Which?', turnId });
  expect(second.id).not.toBe(first.id);
  expect(await waiting(client, sessionId)).toMatchObject({
    state: 'WAITING_FOR_INPUT',
    currentTurn: { id: turnId },
    pendingRequests: [second],
  });
  expect(await fillIn(client, first, { action: 'DECLINE' })).toMatchObject({
    outcome: 'ALREADY_RESOLVED',
  });
  const form = { action: 'ACCEPT', content: { size: 'M' } } as const;
  expect(await fillIn(client, second, form)).toMatchObject({ outcome: 'ACCEPTED' });
  await sayAfterTool(held, 'After all.');
  expect(await turnIn(events, 'COMPLETED', 'FAILED')).toMatchObject({
    id: turnId,
    state: 'COMPLETED',
    reply: { content: 'After all.' },
  });
  const heard = { action: 'accept', content: { size: 'M' } };
  expect(JSON.parse(String(toolResult(gateway)))).toEqual(heard);
}, 40_000);

it('an elicitation that is pending when a gateway stops is cancelled by the surviving runtime, and nothing stays blocked', async () => {
  await using runtime = await shareableRuntime();
  const profiles = { default: asking };
  await using gateway = await startTestGateway({ env: runtime.env, profiles });
  const before = gateway.connect('WebSocket');
  const sessionId = await newSession(gateway, before);
  const { cursor: after } = await read(before, sessionId);
  await using early = await before.subscribe(requestEvents, { sessionId });
  const { turnId } = await sendCalling(gateway, { client: before, sessionId }, elicit('Which?'));
  const request = await nextRequest(early);
  await gateway.restart();

  const client = gateway.connect('WebSocket');
  await using events = await client.subscribe(requestEvents, { sessionId, after });
  expect(await endOf(events, request)).toMatchObject({ resolution: 'WITHDRAWN', turnId });
  const { sessionEvents: next } = await events.next(
    ({ sessionEvents: event }) =>
      event.turn?.state === 'FAILED' || (!!event.request && event.request.id !== request.id),
  );
  // The runtime cancels the form when its last client leaves, or asks again, whichever is faster.
  if (next.turn) {
    expect(next.turn).toMatchObject({ id: turnId, error: { code: 'TURN_INTERRUPTED' } });
    expect(await waiting(client, sessionId)).toMatchObject({ state: 'IDLE', pendingRequests: [] });
  } else {
    expect(next.request).toMatchObject({ message: 'Which?', turnId });
    expect((await waiting(client, sessionId)).pendingRequests).toEqual([next.request]);
  }
});
