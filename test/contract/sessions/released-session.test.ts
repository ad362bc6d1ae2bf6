import { describe, expect, it } from 'vitest';

import { until } from '../../support/assertions/until.ts';
import { holdsComplete, mergedUntil } from '../../support/clients/merged-until.ts';
import { type Client, streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { messageDelta } from '../../support/operations/events.ts';
import { newSession, read } from '../../support/operations/sessions.ts';
import { countOpenSessions } from '../../support/operations/status.ts';
import { ask } from '../../support/operations/turns.ts';

/** Nothing announces it. */
async function released(client: Client): Promise<void> {
  const isReleased = async (): Promise<boolean> => (await countOpenSessions(client)) === 0;
  await until(isReleased, { what: () => 'no session to be held' });
}

const restsSoon = { env: { SESSION_IDLE_DISCONNECT: '200ms' } };

async function sessionAtRest(gateway: TestGateway, client: Client): Promise<string> {
  const sessionId = await newSession(gateway, client);
  await ask(client, sessionId, prompts.story);
  return sessionId;
}

it('a session that nobody needs is held no longer, and goes on when it is asked for', async () => {
  await using gateway = await startTestGateway(restsSoon);
  const client = gateway.connect('HTTP');
  const sessionId = await sessionAtRest(gateway, client);
  await released(client);

  expect((await read(client, sessionId)).state).toBe('DISCONNECTED');
  await ask(client, sessionId, prompts.short);
  expect((await read(client, sessionId)).messages.nodes.map(({ content }) => content)).toEqual([
    prompts.story,
    answers.story,
    prompts.short,
    answers.short,
  ]);
});

describe.each(streamingTransports)('over %s', (transport) => {
  it('a cursor from before leads on; a session with a reader is held', async () => {
    await using gateway = await startTestGateway(restsSoon);
    const client = gateway.connect(transport);
    const sessionId = await sessionAtRest(gateway, client);
    const { cursor: after } = await read(client, sessionId);
    await released(client);

    await using deltas = await client.subscribe(messageDelta, { sessionId, after });
    const unread = await sessionAtRest(gateway, client);
    await until(() => gateway.inUse(unread) === undefined, {
      what: () => 'the session without a reader to be let go of',
    });
    expect(gateway.inUse(sessionId)).toBeDefined();
    await ask(client, sessionId, prompts.short);
    await mergedUntil(deltas, holdsComplete(answers.short));
  });
});
