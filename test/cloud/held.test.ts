import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { Cloud, createCloudTestSession, readCloudSession } from '../support/operations/cloud.ts';
import { sessionInfo } from '../support/operations/events.ts';
import { resumeSession } from '../support/operations/sessions.ts';
import {
  abortTurn,
  askAndWait,
  readTurn,
  removeQueuedMessage,
  send,
  sendMessage,
} from '../support/operations/turns.ts';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await Cloud.start();
}, 360_000);
afterAll(() => cloud[Symbol.asyncDispose]());
beforeEach(() => {
  cloud.missionControl.startsWorkers = false;
});

/** All that the worker was sent, once it has had this one. */
async function workedOn(prompt: string): Promise<(string | undefined)[]> {
  const { steered } = cloud.task;
  await expect
    .poll(() => steered.map(({ content }) => content), { timeout: 10_000 })
    .toContain(prompt);
  return steered.map(({ content }) => content);
}

it('a message without a worker fails its turn and does not reach a later worker', async () => {
  await using gateway = await cloud.gateway({ CLOUD_START_TIMEOUT_MS: '300' });
  const client = gateway.connect('HTTP');
  const sessionId = await createCloudTestSession(client);
  const input = { sessionId, prompt: 'Too early' };
  const { finishedTurn } = (await client.run(askAndWait, { input })).sendMessage;
  expect(finishedTurn).toMatchObject({
    state: 'FAILED',
    startedAt: null,
    error: { code: 'CLOUD_START_TIMEOUT', retryable: true },
  });
  const { session } = await client.run(readCloudSession, { id: sessionId });
  expect(session).toMatchObject({ state: 'STARTING', queuedMessages: [] });

  cloud.missionControl.startWorker(cloud.task);
  await expect
    .poll(() => gateway.findOpenSession(sessionId)?.state, { timeout: 10_000 })
    .toBe('IDLE');
  await client.run(askAndWait, { input: { sessionId, prompt: 'Now' } });
  expect(await workedOn('Now')).toEqual(['Now']);
});

it('a held message is limited by the start timeout only', async () => {
  await using gateway = await cloud.gateway({
    CLOUD_START_TIMEOUT_MS: '1500',
    TURN_STALL_TIMEOUT: '300ms',
  });
  const client = gateway.connect('HTTP');
  const sessionId = await createCloudTestSession(client);
  const input = { sessionId, prompt: 'Silent for long' };
  const { finishedTurn } = (await client.run(askAndWait, { input })).sendMessage;
  expect(finishedTurn.error?.code).toBe('CLOUD_START_TIMEOUT');
  expect(cloud.task.steered).toEqual([]);
});

it('held messages survive a restart of the gateway and are sent in order', async () => {
  await using gateway = await cloud.gateway();
  const before = gateway.connect('HTTP');
  const sessionId = await createCloudTestSession(before);
  const turnIds: string[] = [];
  for (const prompt of ['The first', 'The second']) {
    const input = { sessionId, prompt, clientMessageId: prompt };
    turnIds.push((await before.run(sendMessage, { input })).sendMessage.turn.id);
  }
  await gateway.restart();
  const after = gateway.connect('HTTP');
  await expect
    .poll(async () => (await after.run(readCloudSession, { id: sessionId })).session)
    .toMatchObject({
      state: 'STARTING',
      queuedMessages: [{ prompt: 'The first' }, { prompt: 'The second' }],
    });
  const again = { sessionId, prompt: 'The second', clientMessageId: 'The second' };
  const { turn } = (await after.run(sendMessage, { input: again })).sendMessage;
  expect(turn).toEqual({ id: turnIds[1], state: 'QUEUED' });

  cloud.missionControl.startWorker(cloud.task);
  expect(await workedOn('The second')).toEqual(['The first', 'The second']);
  for (const turnId of turnIds) {
    await expect
      .poll(async () => (await after.run(readTurn, { id: sessionId, turnId })).session.turn.state, {
        timeout: 10_000,
      })
      .toBe('COMPLETED');
  }
});

it('a held message survives a replacement of the runtime and is sent by the next one', async () => {
  await using gateway = await cloud.gateway();
  const client = gateway.connect('HTTP');
  const sessionId = await createCloudTestSession(client);
  const turnId = (await send(client, sessionId, 'Not lost')).turn.id;
  await cloud.replaceCli();
  expect((await client.run(readTurn, { id: sessionId, turnId })).session.turn.state).toBe('QUEUED');
  cloud.missionControl.startWorker(cloud.task);
  expect(await workedOn('Not lost')).toEqual(['Not lost']);
  await expect
    .poll(async () => (await client.run(readTurn, { id: sessionId, turnId })).session.turn.state, {
      timeout: 10_000,
    })
    .toBe('COMPLETED');
});

it('a held message that expired while the gateway was down fails when the gateway starts', async () => {
  await using gateway = await cloud.gateway({ CLOUD_START_TIMEOUT_MS: '400' });
  const before = gateway.connect('HTTP');
  const sessionId = await createCloudTestSession(before);
  const turnId = (await send(before, sessionId, 'Too early')).turn.id;
  await gateway.stop();
  await gateway.start();
  const after = gateway.connect('HTTP');
  await expect
    .poll(async () => (await after.run(readTurn, { id: sessionId, turnId })).session.turn)
    .toMatchObject({ state: 'FAILED', error: { code: 'CLOUD_START_TIMEOUT' } });
  cloud.missionControl.startWorker(cloud.task);
  await expect
    .poll(
      async () =>
        (await after.run(resumeSession, { input: { sessionId } })).resumeSession.session.state,
      { timeout: 10_000 },
    )
    .toBe('IDLE');
  await after.run(askAndWait, { input: { sessionId, prompt: 'Now' } });
  expect(await workedOn('Now')).toEqual(['Now']);
});

it('held messages can be removed, and an aborted turn sends nothing', async () => {
  await using gateway = await cloud.gateway();
  const client = gateway.connect('HTTP');
  const sessionId = await createCloudTestSession(client);
  for (const prompt of ['One', 'Two', 'Three']) await send(client, sessionId, prompt);
  const { queuedMessages } = (await client.run(readCloudSession, { id: sessionId })).session;
  const messageId = queuedMessages[1]!.id;
  const { removedMessage } = (
    await client.run(removeQueuedMessage, { input: { sessionId, messageId } })
  ).removeQueuedMessage;
  expect(removedMessage.prompt).toBe('Two');
  const aborted = (await client.run(abortTurn, { input: { sessionId } })).abortTurn;
  expect(aborted.abortedTurn).toMatchObject({ state: 'ABORTED' });
  expect(aborted.discardedMessages).toMatchObject([{ prompt: 'Three' }]);
  cloud.missionControl.startWorker(cloud.task);
  await client.run(askAndWait, { input: { sessionId, prompt: 'Four' } });
  expect(await workedOn('Four')).toEqual(['Four']);
});

it('the GitHub URL of a session is known after a restart and to late subscribers', async () => {
  await using gateway = await cloud.gateway();
  const before = gateway.connect('HTTP');
  const sessionId = await createCloudTestSession(before);
  cloud.missionControl.startWorker(cloud.task);
  const url = `https://github.com/copilot/tasks/${sessionId}`;
  const remote = { url, steerable: true };
  await expect
    .poll(async () => (await before.run(readCloudSession, { id: sessionId })).session.remote, {
      timeout: 10_000,
    })
    .toEqual(remote);
  await gateway.restart();

  const after = gateway.connect('WebSocket');
  const { session } = await after.run(readCloudSession, { id: sessionId });
  expect(session).toMatchObject({ location: 'CLOUD', remote });
  await using notices = await after.subscribe(sessionInfo, { sessionId, infoTypes: ['remote'] });
  expect((await notices.next()).sessionInfo).toMatchObject({ infoType: 'remote', url });
});
