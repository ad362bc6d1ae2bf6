import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { graphql } from '../generated/operations/gql.ts';
import { catchErrorCode } from '../support/assertions/failures.ts';
import { isKnown, waitForCleanup } from '../support/gateway/cleanup.ts';
import {
  Cloud,
  createCloudSession,
  createCloudTestSession,
  readCloudSession,
  widgetsInput,
} from '../support/operations/cloud.ts';
import { messageDelta, sessionEvents } from '../support/operations/events.ts';
import { startGatewayForPeople } from '../support/operations/people.ts';
import {
  createTestSession,
  deleteSession,
  disconnectSession,
  fetchSession,
  forkSession,
  listReplies,
  resumeSession,
  setSessionRemote,
} from '../support/operations/sessions.ts';
import { abortTurn, askAndWait, fetchTurn, send } from '../support/operations/turns.ts';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await Cloud.start();
}, 360_000);
afterAll(() => cloud[Symbol.asyncDispose]());
beforeEach(() => {
  cloud.missionControl.startsWorkers = true;
  cloud.missionControl.finishes = true;
});

const sessionsAt = graphql(`
  query ListSessionsAt($location: SessionLocation!) {
    sessions(filter: { location: $location }) {
      nodes {
        id
        location
      }
    }
  }
`);

it('is released by its runtime and found again on GitHub with its history and context', async () => {
  await using gateway = await cloud.gateway();
  const client = gateway.connect('HTTP');
  const sessionId = await createCloudTestSession(client);
  await client.run(askAndWait, { input: { sessionId, prompt: 'Remember 7' } });
  const left = await client.run(disconnectSession, { input: { sessionId } });
  expect(left.disconnectSession.session.state).toBe('DISCONNECTED');
  expect(
    (await client.run(resumeSession, { input: { sessionId } })).resumeSession.session.state,
  ).toBe('IDLE');
  const { finishedTurn } = (await client.run(askAndWait, { input: { sessionId, prompt: 'And 8' } }))
    .sendMessage;
  expect(finishedTurn.reply?.content).toBe('Done: And 8');
  expect(await listReplies(client, sessionId)).toEqual(['Done: Remember 7', 'Done: And 8']);
});

it('continues after a restart of the gateway, including its history', async () => {
  await using gateway = await cloud.gateway();
  const before = gateway.connect('HTTP');
  const sessionId = await createCloudTestSession(before);
  const input = { sessionId, prompt: 'Remember 7' };
  const { turn } = (await before.run(askAndWait, { input })).sendMessage;
  const { cursor } = await fetchSession(before, sessionId);
  await gateway.restart();
  const after = gateway.connect('WebSocket');
  expect(await listReplies(after, sessionId)).toEqual(['Done: Remember 7']);
  const { nodes } = (await fetchSession(after, sessionId)).messages;
  expect(nodes.map(({ turnId }) => turnId)).toEqual([turn.id, turn.id]);
  // The runtime names the same events anew.
  await using stale = await after.subscribe(sessionEvents, { sessionId, after: cursor });
  await expect(stale.next()).rejects.toMatchObject({
    cause: { errors: [{ extensions: { code: 'CURSOR_EXPIRED' } }] },
  });
  await after.run(askAndWait, { input: { sessionId, prompt: 'And 8' } });
  expect(await listReplies(after, sessionId)).toEqual(['Done: Remember 7', 'Done: And 8']);
});

it('stays listed although the runtime does not list it, and is found by location', async () => {
  await using gateway = await cloud.gateway({ SESSION_SYNC_INTERVAL: '100ms' });
  const client = gateway.connect('HTTP');
  const sessionId = await createCloudTestSession(client);
  const localId = await createTestSession(gateway, client);
  await client.run(disconnectSession, { input: { sessionId } });
  const compared = gateway.services.runtime.status.lastSeenAt;
  await expect
    .poll(() => gateway.services.runtime.status.lastSeenAt, { timeout: 10_000 })
    .not.toBe(compared);
  expect((await client.run(readCloudSession, { id: sessionId })).session.location).toBe('CLOUD');
  const inCloud = await client.run(sessionsAt, { location: 'CLOUD' });
  expect(inCloud.sessions.nodes).toEqual([{ id: sessionId, location: 'CLOUD' }]);
  const local = await client.run(sessionsAt, { location: 'LOCAL' });
  expect(local.sessions.nodes).toEqual([{ id: localId, location: 'LOCAL' }]);
});

it('is deleted with all of its data, also while it is starting', async () => {
  cloud.missionControl.startsWorkers = false;
  await using gateway = await cloud.gateway();
  const client = gateway.connect('HTTP');
  const sessionId = await createCloudTestSession(client);
  const asking = client.run(askAndWait, { input: { sessionId, prompt: 'Never sent' } });
  await expect.poll(() => gateway.findOpenSession(sessionId)?.turns.openTurns.length).toBe(1);
  await client.run(deleteSession, { input: { sessionId } });
  expect((await asking).sendMessage.finishedTurn).toMatchObject({ state: 'ABORTED' });
  const { errors } = await client.execute(readCloudSession, { id: sessionId });
  expect(errors?.[0]?.extensions['code']).toBe('SESSION_NOT_FOUND');
  expect(await gateway.store.cloud.listHeldMessages(sessionId)).toEqual([]);
  expect(cloud.task.steered).toEqual([]);
});

it('stops the running turn of its worker and continues with the next one', async () => {
  cloud.missionControl.finishes = false;
  await using gateway = await cloud.gateway();
  const client = gateway.connect('WebSocket');
  const sessionId = await createCloudTestSession(client);
  await using deltas = await client.subscribe(messageDelta, { sessionId });
  const { turn } = await send(client, sessionId, 'Go on for ever');
  await deltas.next(({ messageDelta: { text } }) => text.includes('ever'));
  expect((await fetchTurn(client, sessionId, turn.id)).state).toBe('RUNNING');
  const stopped = await client.run(abortTurn, { input: { sessionId, turnId: turn.id } });
  expect(stopped.abortTurn).toMatchObject({
    abortedTurn: { id: turn.id, state: 'ABORTED' },
    discardedMessages: [],
  });
  expect(cloud.task.steered.at(-1)).toEqual({ type: 'abort' });
  await deltas.next(({ messageDelta: { state } }) => state === 'DISCARDED');

  cloud.missionControl.finishes = true;
  const { finishedTurn } = (await client.run(askAndWait, { input: { sessionId, prompt: 'Next' } }))
    .sendMessage;
  expect(finishedTurn).toMatchObject({ state: 'COMPLETED', reply: { content: 'Done: Next' } });
});

it('a turn whose worker falls silent fails, and its partial text is discarded', async () => {
  cloud.missionControl.finishes = false;
  await using gateway = await cloud.gateway({ TURN_STALL_TIMEOUT: '3s' });
  const client = gateway.connect('WebSocket');
  const sessionId = await createCloudTestSession(client);
  await using deltas = await client.subscribe(messageDelta, { sessionId });
  const input = { sessionId, prompt: 'The worker dies at this' };
  const { finishedTurn } = (await client.run(askAndWait, { input })).sendMessage;
  expect(finishedTurn).toMatchObject({ state: 'FAILED', error: { code: 'TURN_STALLED' } });
  await deltas.next(({ messageDelta: { state } }) => state === 'DISCARDED');
});

it('stays attached while unused when only its own account could find it again', async () => {
  await using gateway = await cloud.gateway({ SESSION_IDLE_DISCONNECT: '300ms' });
  const client = gateway.connect('HTTP');
  const gitHubToken = cloud.gitHub.createToken('alice');
  const { session } = (
    await client.run(createCloudSession, { input: { ...widgetsInput, gitHubToken } })
  ).createSession;
  const input = { sessionId: session.id, prompt: 'Remember 7' };
  await client.run(askAndWait, { input });
  const released = await createCloudTestSession(client);
  await expect
    .poll(() => gateway.findOpenSession(released)?.isAttached ?? false, { timeout: 10_000 })
    .toBe(false);
  const next = { sessionId: session.id, prompt: 'And 8' };
  const { finishedTurn } = (await client.run(askAndWait, { input: next })).sendMessage;
  expect(finishedTurn.reply?.content).toBe('Done: And 8');
});

it('is deleted after the time to live like any session', async () => {
  await using gateway = await cloud.gateway({
    SESSION_TTL: '1h',
    SESSION_CLEANUP_INTERVAL: '50ms',
  });
  const client = gateway.connect('HTTP');
  const sessionId = await createCloudTestSession(client);
  const used = await createCloudTestSession(client);
  await gateway.store.update(sessionId, { updatedAt: new Date(Date.now() - 86_400_000) });
  await waitForCleanup(client, ({ deleted }) => deleted === 1);
  expect(await isKnown(gateway, sessionId)).toBe(false);
  expect(await isKnown(gateway, used)).toBe(true);
});

it('can be created without a repository', async () => {
  await using gateway = await cloud.gateway();
  const client = gateway.connect('HTTP');
  const { session } = (await client.run(createCloudSession, { input: { cloud: {} } }))
    .createSession;
  expect(session).toMatchObject({ location: 'CLOUD', repository: null });
  expect(cloud.task.request).toEqual({});
});

it('is private to its owner and can neither be forked nor unshared', async () => {
  await using people = await startGatewayForPeople(cloud.env, {
    default: { allowsCloud: true },
  });
  const alice = people.client('alice', 'HTTP');
  const { createSession } = await alice.run(createCloudSession, { input: widgetsInput });
  const { id } = createSession.session;
  expect((await fetchSession(alice, id)).id).toBe(id);
  for (const person of ['bob', 'olga'] as const) {
    const client = people.client(person, 'HTTP');
    for (const operation of [resumeSession, disconnectSession, deleteSession, forkSession].map(
      String,
    )) {
      const { errors } = await client.execute(operation, { input: { sessionId: id } });
      expect(errors?.[0]?.extensions['code']).toBe('SESSION_NOT_FOUND');
    }
  }
  const olga = people.client('olga', 'HTTP');
  const seen = await olga.run(readRemote, { id: `alice:${id}` });
  expect(seen.session).toEqual({ location: 'CLOUD', remote: null });
  const forked = alice.run(forkSession, { input: { sessionId: id } });
  expect(await catchErrorCode(forked)).toBe('NOT_SUPPORTED');
  const hidden = alice.run(setSessionRemote, { input: { sessionId: id, mode: 'OFF' } });
  expect(await catchErrorCode(hidden)).toBe('NOT_SUPPORTED');
});

const readRemote = graphql(`
  query ReadLocation($id: ID!) {
    session(id: $id) {
      location
      remote {
        url
      }
    }
  }
`);
