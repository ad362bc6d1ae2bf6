import { describe, expect, it, vi } from 'vitest';

import { Journal } from '../../../src/copilot/runtime/journal.ts';
import { waitUntil } from '../../support/assertions/until.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import {
  isInRuntime,
  isKnown,
  listLoggedCleanups,
  readCleanup,
  waitForCleanup,
} from '../../support/gateway/cleanup.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import { sessionEvents } from '../../support/operations/events.ts';
import { startGatewayForPeople } from '../../support/operations/people.ts';
import { fetchWaitingSession, sendToolPrompt, shell } from '../../support/operations/requests.ts';
import { createTestSession, sessionsChanged } from '../../support/operations/sessions.ts';
import { ask, fetchTurn, send } from '../../support/operations/turns.ts';
import { ExternalRuntime, startOtherClient } from '../../support/runtimes/external-runtime.ts';

// With a time this short only on a runtime of the test's own: others may use a shared one.
const often = { SESSION_CLEANUP_INTERVAL: '50ms' };
const soon = { ...often, SESSION_TTL: '200ms' };

const past = { updatedAt: new Date(Date.now() - 86_400_000) };

function isGone(sessionId: string) {
  return ({ sessionsChanged: change }: { sessionsChanged: { kind: string; sessionId: string } }) =>
    change.kind === 'DELETED' && change.sessionId === sessionId;
}

describe.each(streamingTransports)('SESSION_TTL over %s', (transport) => {
  it('deletes a session that was inactive for the time to live and announces the deletion', async () => {
    await using runtime = await ExternalRuntime.start();
    const env: NodeJS.ProcessEnv = { ...runtime.env };
    await using gateway = await startTestGateway({ env });
    const before = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, before);
    await ask(before, sessionId, prompts.short);
    const unused = await createTestSession(gateway, before);
    expect(await readCleanup(before)).toBeNull();

    Object.assign(env, soon, { SESSION_TTL: '1s' });
    await gateway.restart();
    const client = gateway.connect(transport);
    await using changes = await client.subscribe(sessionsChanged);
    await changes.next(isGone(sessionId));
    await waitUntil(async () => !(await isKnown(gateway, unused)), { what: () => 'no session' });
    expect(await isInRuntime(gateway, sessionId)).toBe(false);

    const report = await waitForCleanup(client, ({ examined }) => examined === 0);
    expect(report).toMatchObject({ deleted: 0, dryRun: false });
    expect(Date.parse(report.nextAt!)).toBeGreaterThan(Date.parse(report.finishedAt));
    const deleted = listLoggedCleanups(gateway).map((sweep) => sweep.deleted);
    expect(deleted.reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  it('keeps sessions that run, wait for a response, or have a subscriber', async () => {
    await using runtime = await ExternalRuntime.start();
    const env = { ...runtime.env, ...often, SESSION_TTL: '3s' };
    await using gateway = await startTestGateway({ env });
    const client = gateway.connect(transport);
    await using changes = await client.subscribe(sessionsChanged);
    const running = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    const { turn } = await send(client, running, held.prompt);
    const call = await held.nextCall();
    const asking = await createTestSession(gateway, client);
    await sendToolPrompt(gateway, { client, sessionId: asking }, shell);
    const followed = await createTestSession(gateway, client);
    await using events = await client.subscribe(sessionEvents, { sessionId: followed });
    const idle = await createTestSession(gateway, client);

    await changes.next(isGone(idle));
    await waitForCleanup(client, ({ examined, deleted }) => examined === 3 && deleted === 0);
    expect(events.hasEnded).toBe(false);
    expect(await fetchWaitingSession(client, asking)).toMatchObject({ state: 'WAITING_FOR_INPUT' });
    call.write('Done.');
    call.finish();
    await waitUntil(async () => (await fetchTurn(client, running, turn.id)).state === 'COMPLETED', {
      what: () => 'the turn to end',
    });
    await changes.next(isGone(running));
    expect(await isKnown(gateway, asking)).toBe(true);
  });
});

it('deletes a bounded number of sessions per sweep, of all viewers, and reports to operators only', async () => {
  await using runtime = await ExternalRuntime.start();
  const env = { ...runtime.env, ...often, SESSION_TTL: '1h', LIMIT_CLEANUP_SESSIONS: '3' };
  await using people = await startGatewayForPeople(env);
  const { gateway } = people;
  const alice = people.client('alice', 'HTTP');
  const bob = people.client('bob', 'HTTP');
  for (const owner of [alice, alice, bob, bob]) await createTestSession(gateway, owner);
  const stored = await gateway.store.listSessionIds();
  expect(stored).toHaveLength(4);
  await Promise.all(stored.map((id) => gateway.store.update(id, past)));
  await waitUntil(async () => (await gateway.store.listSessionIds()).length === 0, {
    what: () => 'no session',
  });
  const sweeps = listLoggedCleanups(gateway);
  expect(Math.max(...sweeps.map(({ examined }) => examined))).toBeLessThanOrEqual(3);
  const operator = people.client('olga', 'HTTP');
  await waitForCleanup(operator, ({ examined }) => examined === 0);
  expect(await readCleanup(people.client('alice', 'HTTP'))).toBeNull();
});

it('sessions that must stay do not block the clean-up of others', async () => {
  const env = { ...often, SESSION_TTL: '1h', LIMIT_CLEANUP_SESSIONS: '1' };
  await using gateway = await startTestGateway({ env });
  const client = gateway.connect('WebSocket');
  const followed = await createTestSession(gateway, client);
  await using events = await client.subscribe(sessionEvents, { sessionId: followed });
  const unused = await createTestSession(gateway, client);
  await gateway.store.update(unused, past);
  await gateway.store.update(followed, { updatedAt: new Date(0) });
  await waitUntil(async () => !(await isKnown(gateway, unused)), {
    what: () => 'it to be deleted',
  });
  expect(await isKnown(gateway, followed)).toBe(true);
  expect(events.hasEnded).toBe(false);
});

it('only counts sessions in a dry run', async () => {
  await using runtime = await ExternalRuntime.start();
  const env: NodeJS.ProcessEnv = { ...runtime.env };
  await using gateway = await startTestGateway({ env });
  const before = gateway.connect('HTTP');
  const ids = [await createTestSession(gateway, before), await createTestSession(gateway, before)];
  await ask(before, ids[0]!, prompts.short);

  Object.assign(env, soon, { SESSION_CLEANUP_DRY_RUN: '1' });
  await gateway.restart();
  const report = await waitForCleanup(gateway.connect('HTTP'), ({ deleted }) => deleted === 2);
  expect(report).toMatchObject({ examined: 2, dryRun: true });
  for (const id of ids) expect(await isKnown(gateway, id)).toBe(true);
  expect(await isInRuntime(gateway, ids[0]!)).toBe(true);
});

it('keeps a session that any client of the runtime used recently', async () => {
  await using gateway = await startTestGateway({ env: { ...often, SESSION_TTL: '1h' } });
  const client = gateway.connect('HTTP');
  const recent = await createTestSession(gateway, client);
  const elsewhere = await createTestSession(gateway, client);
  await ask(client, elsewhere, prompts.short);
  const unused = await createTestSession(gateway, client);
  // As if the gateway had not been told of what the runtime has.
  for (const id of [elsewhere, unused]) await gateway.store.update(id, past);

  await waitUntil(async () => !(await isKnown(gateway, unused)), {
    what: () => 'it to be deleted',
  });
  await waitForCleanup(client, ({ examined, deleted }) => examined === 1 && deleted === 0);
  expect(await isKnown(gateway, elsewhere)).toBe(true);
  expect(await isKnown(gateway, recent)).toBe(true);
});

/** The clean-up's next question to the runtime is asked when the test says so. */
function holdLook({ services }: TestGateway, id: string): { asked: Promise<void>; go: () => void } {
  const { runtime } = services;
  const call = runtime.call.bind(runtime);
  let go!: () => void;
  let tell!: () => void;
  const asked = new Promise<void>((resolve) => (tell = resolve));
  const held = new Promise<void>((resolve) => (go = resolve));
  vi.spyOn(runtime, 'call').mockImplementation((use, ...rest) =>
    call(
      async (client) => {
        const look = async (sessionId: string) => {
          if (sessionId === id) {
            tell();
            await held;
          }
          return client.getSessionMetadata(sessionId);
        };
        const observed = new Proxy(client, {
          get: (target, name) => {
            if (name === 'getSessionMetadata') return look;
            const value: unknown = Reflect.get(target, name, target);
            return typeof value === 'function' ? (value.bind(target) as unknown) : value;
          },
        });
        return use(observed);
      },
      ...rest,
    ),
  );
  return { asked, go };
}

it('keeps a session that is used between the check and the deletion', async () => {
  await using gateway = await startTestGateway({ env: { ...often, SESSION_TTL: '1h' } });
  const client = gateway.connect('HTTP');
  const [oldest, next] = [
    await createTestSession(gateway, client),
    await createTestSession(gateway, client),
  ];
  const { asked, go } = holdLook(gateway, oldest);
  const model = gateway.model.hold();
  await gateway.store.update(next, past);
  await gateway.store.update(oldest, { updatedAt: new Date(0) });
  await asked;
  await send(client, next, model.prompt);
  const call = await model.nextCall();
  const late = client.execute(
    'mutation ($id: ID!) { resumeSession(input: { sessionId: $id }) { session { id } } }',
    { id: oldest },
  );
  go();
  await waitUntil(async () => !(await isKnown(gateway, oldest)), {
    what: () => 'it to be deleted',
  });
  expect((await late).errors).toMatchObject([{ extensions: { code: 'SESSION_NOT_FOUND' } }]);
  call.write('Done.');
  call.finish();
  expect(await ask(client, next, prompts.short)).toMatchObject({ state: 'COMPLETED' });
});

it('deletes nothing while the runtime is unavailable and continues when it is back', async () => {
  await using runtime = await ExternalRuntime.start();
  const env: NodeJS.ProcessEnv = { ...runtime.env };
  await using gateway = await startTestGateway({ env });
  const before = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, before);
  await ask(before, sessionId, prompts.short);
  const orphan = gateway.createSessionId();
  {
    await using other = await startOtherClient(runtime);
    const provider = { type: 'openai', baseUrl: gateway.model.baseUrl, apiKey: 'k' } as const;
    const made = await other.createSession({
      sessionId: orphan,
      model: gateway.model.name,
      provider,
    });
    await made.sendAndWait({ prompt: prompts.short });
  }
  await waitUntil(() => isKnown(gateway, orphan), { what: () => 'the session to be found' });

  await runtime.kill();
  Object.assign(env, soon);
  await gateway.restart();
  const tries = (): number => gateway.logs.filter(({ msg }) => msg === 'runtime lost').length;
  const so = tries();
  await waitUntil(() => tries() > so + 2, { what: () => 'the runtime to be tried again' });
  for (const id of [sessionId, orphan]) expect(await isKnown(gateway, id)).toBe(true);
  expect(await readCleanup(gateway.connect('HTTP'))).toBeNull();
  expect(listLoggedCleanups(gateway)).toEqual([]);
  expect(gateway.logs.filter(({ msg }) => msg === 'failed to clean up old sessions')).toEqual([]);

  await using changes = await gateway.connect('WebSocket').subscribe(sessionsChanged);
  await runtime.start();
  await changes.next(isGone(sessionId));
  await waitUntil(async () => !(await isKnown(gateway, orphan)), { what: () => 'no orphan' });
  expect(await isInRuntime(gateway, orphan)).toBe(false);
});

it('keeps a session with a pending request that survived a gateway restart', async () => {
  await using runtime = await ExternalRuntime.start();
  const env: NodeJS.ProcessEnv = { ...runtime.env };
  await using gateway = await startTestGateway({ env });
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client);
  await sendToolPrompt(gateway, { client, sessionId }, shell);
  const journal = new Journal(gateway.services.runtime, sessionId);
  const isWritten = async (): Promise<boolean> =>
    (await journal.readTail(100)).some(({ type }) => type === 'permission.requested');
  await waitUntil(isWritten, { what: () => 'the request to be written down' });
  await runtime.kill();
  Object.assign(env, soon);
  await gateway.stop();
  await runtime.start();
  await gateway.start();
  await waitForCleanup(
    gateway.connect('HTTP'),
    ({ examined, deleted }) => examined === 1 && deleted === 0,
  );
  expect(await isKnown(gateway, sessionId)).toBe(true);
});
