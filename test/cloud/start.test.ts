import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { transports } from '../support/clients/transports.ts';
import {
  Cloud,
  createCloudSession,
  createCloudTestSession,
  readCloudSession,
  widgetsInput,
} from '../support/operations/cloud.ts';
import { readSession } from '../support/operations/sessions.ts';
import { askAndWait } from '../support/operations/turns.ts';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await Cloud.start();
}, 360_000);
afterAll(() => cloud[Symbol.asyncDispose]());
beforeEach(() => {
  cloud.missionControl.startsWorkers = false;
});

describe.each(transports)('over %s', (transport) => {
  it('a cloud session is STARTING until its worker is ready, and its first message is held until then', async () => {
    await using gateway = await cloud.gateway();
    const client = gateway.connect(transport);
    const { createSession } = await client.run(createCloudSession, { input: widgetsInput });
    expect(createSession).toMatchObject({
      created: true,
      session: {
        ...{ id: cloud.task.id, state: 'STARTING', location: 'CLOUD', remote: null },
        repository: { owner: 'acme', name: 'widgets' },
      },
    });
    const input = { sessionId: createSession.session.id, prompt: 'Say hello' };
    const asking = client.run(askAndWait, { input });
    await expect
      .poll(() => gateway.findOpenSession(input.sessionId)?.turns.openTurns.length)
      .toBe(1);
    const { session } = await client.run(readCloudSession, { id: input.sessionId });
    expect(session).toMatchObject({ state: 'STARTING', queuedMessages: [{ prompt: 'Say hello' }] });
    expect(cloud.task.steered).toEqual([]);

    cloud.missionControl.startWorker(cloud.task);
    const { finishedTurn } = (await asking).sendMessage;
    expect(finishedTurn).toMatchObject({
      state: 'COMPLETED',
      reply: { content: 'Done: Say hello' },
    });
    expect(cloud.task.steered).toEqual([{ type: 'user_message', content: 'Say hello' }]);
    const after = await client.run(readCloudSession, { id: input.sessionId });
    const url = `https://github.com/copilot/tasks/${cloud.task.id}`;
    expect(after.session).toMatchObject({ state: 'IDLE', remote: { url, steerable: true } });
  });
});

it('each message appears once, under the id of its turn', async () => {
  await using gateway = await cloud.gateway();
  const client = gateway.connect('HTTP');
  const sessionId = await createCloudTestSession(client);
  cloud.missionControl.startWorker(cloud.task);
  const ids: string[] = [];
  for (const prompt of ['Say hello', 'Say hello']) {
    const { sendMessage: sent } = await client.run(askAndWait, { input: { sessionId, prompt } });
    ids.push(sent.turn.id);
  }
  const { session } = await client.run(readSession, { id: sessionId });
  const asked = session.messages.nodes.filter(({ __typename: type }) => type === 'UserMessage');
  expect(asked.map(({ turnId }) => turnId)).toEqual(ids);
  expect(session.messages.nodes.map(({ content }) => content)).toEqual([
    ...['Say hello', 'Done: Say hello', 'Say hello', 'Done: Say hello'],
  ]);
  expect(session.messages.nodes.map(({ turnId }) => turnId)).toEqual([
    ...[ids[0], ids[0], ids[1], ids[1]],
  ]);
});
