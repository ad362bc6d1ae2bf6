import { describe, expect, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import { holdsComplete, mergeUntil } from '../../support/clients/merged-until.ts';
import { type Client, streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { messageDelta } from '../../support/operations/events.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { countOpenSessions } from '../../support/operations/status.ts';
import { ask } from '../../support/operations/turns.ts';

/** Nothing announces it. */
async function released(client: Client): Promise<void> {
  const isReleased = async (): Promise<boolean> => (await countOpenSessions(client)) === 0;
  await waitUntil(isReleased, { what: () => 'no session to be held' });
}

const restsSoon = { env: { SESSION_IDLE_DISCONNECT: '200ms' } };

async function sessionAtRest(gateway: TestGateway, client: Client): Promise<string> {
  const sessionId = await createTestSession(gateway, client);
  await ask(client, sessionId, prompts.story);
  return sessionId;
}

it('an unused session is released from memory and continues on demand', async () => {
  await using gateway = await startTestGateway(restsSoon);
  const client = gateway.connect('HTTP');
  const sessionId = await sessionAtRest(gateway, client);
  await released(client);

  expect((await fetchSession(client, sessionId)).state).toBe('DISCONNECTED');
  await ask(client, sessionId, prompts.short);
  expect(
    (await fetchSession(client, sessionId)).messages.nodes.map(({ content }) => content),
  ).toEqual([prompts.story, answers.story, prompts.short, answers.short]);
});

describe.each(streamingTransports)('over %s', (transport) => {
  it('a cursor from before the release resumes, and a session with a subscriber is not released', async () => {
    await using gateway = await startTestGateway(restsSoon);
    const client = gateway.connect(transport);
    const sessionId = await sessionAtRest(gateway, client);
    const { cursor: after } = await fetchSession(client, sessionId);
    await released(client);

    await using deltas = await client.subscribe(messageDelta, { sessionId, after });
    const unread = await sessionAtRest(gateway, client);
    await waitUntil(() => gateway.findOpenSession(unread) === undefined, {
      what: () => 'the session without a reader to be let go of',
    });
    expect(gateway.findOpenSession(sessionId)).toBeDefined();
    await ask(client, sessionId, prompts.short);
    await mergeUntil(deltas, holdsComplete(answers.short));
  });
});
