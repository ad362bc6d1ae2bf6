import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, it } from 'vitest';

import { subscribeResuming } from '../../support/clients/resuming-client.ts';
import { KillableGateway } from '../../support/gateway/killable-gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import { elicit, elicitingProfile } from '../../support/operations/elicitation.ts';
import {
  replyAfterTool,
  requestEvents,
  sendToolPrompt,
  submitForm,
  waitForEnd,
  waitForRequest,
  waitForTurn,
} from '../../support/operations/requests.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { ask } from '../../support/operations/turns.ts';

const folder = await mkdtemp(join(tmpdir(), 'gateway-profiles-'));
afterAll(() => rm(folder, { recursive: true }));

it('an elicitation does not survive a kill of the runtime; its tool asks again, and the turn resumes', async () => {
  const file = join(folder, 'profiles.json');
  await writeFile(file, JSON.stringify({ profiles: { default: elicitingProfile } }));
  await using gateway = await KillableGateway.start({
    runtime: 'own',
    env: { PROFILES_FILE: file },
  });
  const { client } = gateway;
  const sessionId = await createTestSession(gateway, client);
  await ask(client, sessionId, prompts.short);
  await using events = subscribeResuming('WebSocket', {
    url: gateway.url,
    operation: requestEvents,
    variables: { sessionId },
  });
  const { held, turnId } = await sendToolPrompt(gateway, { client, sessionId }, elicit('Which?'));
  const first = await waitForRequest(events);
  await gateway.waitForJournal(sessionId, events.collected.at(-1)?.sessionEvents.cursor);

  await gateway.killRuntime();
  expect(await waitForEnd(events, first)).toMatchObject({ resolution: 'WITHDRAWN' });
  const second = await waitForRequest(events);
  expect(second).toMatchObject({ message: 'Which?', turnId });
  expect(second.id).not.toBe(first.id);
  expect(await submitForm(client, first, { action: 'DECLINE' })).toMatchObject({
    outcome: 'ALREADY_RESOLVED',
  });
  expect(await submitForm(client, second, { action: 'DECLINE' })).toMatchObject({
    outcome: 'ACCEPTED',
  });
  await replyAfterTool(held, 'After all.');
  expect(await waitForTurn(events, 'COMPLETED')).toMatchObject({
    id: turnId,
    reply: { content: 'After all.' },
  });
});
