import { pino } from 'pino';
import { expect, it, vi } from 'vitest';

import { loadConfig } from '../../../src/config/config.ts';
import { GitHubTokens } from '../../../src/copilot/profiles/github-tokens.ts';
import { createProfiles } from '../../../src/copilot/profiles/profiles.ts';
import { ProviderKeys } from '../../../src/copilot/profiles/provider-keys.ts';
import { Workspaces } from '../../../src/copilot/profiles/workspaces.ts';
import type { Runtime } from '../../../src/copilot/runtime/runtime.ts';
import type { OutgoingMessage } from '../../../src/copilot/sending/delivery.ts';
import type { OwnedSession } from '../../../src/copilot/sessions/open-sessions.ts';
import { Sessions } from '../../../src/copilot/sessions/sessions.ts';
import { GatewayError } from '../../../src/errors/gateway-error.ts';
import type { StepBody } from '../../../src/events/event.ts';
import type { SessionId } from '../../../src/events/ids.ts';
import type { SessionStore } from '../../../src/store/session-store.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';
import { FakeRuntime } from '../../property/fake-runtime.ts';

type Call = Runtime['call'];

const SESSION = 's' as SessionId;
const nothing = {
  ...{ model: null, reasoningEffort: null, title: null, instructions: null },
  gitHubToken: null,
  provider: null,
  cloud: null,
};

/** A session on a runtime whose calls can be held up or failed, which the real one does at no fixed moment. */
async function openSession(): Promise<{
  fake: FakeRuntime;
  sessions: Sessions;
  store: SessionStore;
  /** The session as the ownership check reads it. */
  owned: OwnedSession;
  /** Replaces what the calls do, until it is called again. */
  onCall: (change: (call: () => Promise<unknown>) => Promise<unknown>) => void;
}> {
  const fake = new FakeRuntime();
  const real = fake.asRuntime();
  let change = (call: () => Promise<unknown>): Promise<unknown> => call();
  const call: Call = (use) => change(() => real.call(use)) as ReturnType<typeof use>;
  const runtime = Object.create(real, { call: { value: call } }) as Runtime;
  const store = openSqliteStore(':memory:');
  const sessions = new Sessions({
    cleanup: null,
    runtime,
    store,
    profiles: createProfiles(loadConfig({ CLI_URL: '127.0.0.1:1' })),
    workspaces: new Workspaces('/nowhere'),
    gitHubTokens: new GitHubTokens(),
    providerKeys: new ProviderKeys({ ownProviderHosts: null, isLocalOnly: true }),
    logger: pino({ level: 'silent' }),
    settings: {
      logBytes: 1_000_000,
      messageBytes: 1_000_000,
      idleDisconnectMs: null,
      syncIntervalMs: 60_000,
      logAgeMs: 60_000,
      turnStallMs: 60_000,
      cloudStartMs: 60_000,
      silenceMs: 60_000,
      journalLagMs: 0,
    },
  });
  await sessions.start();
  await sessions.create({
    ...nothing,
    id: SESSION,
    owner: null,
    profile: 'default',
    labels: [],
    clientTools: [],
    remote: 'off',
  });
  return {
    fake,
    sessions,
    store,
    owned: await sessions.requireRecord(SESSION),
    onCall: (next) => {
      change = next;
    },
  };
}

const message = (prompt: string): OutgoingMessage => ({
  prompt,
  delivery: 'ENQUEUE',
  attachments: [],
});

function stepsOf(sessions: Sessions): StepBody['type'][] {
  return [...(sessions.findOpen(SESSION)?.log.listSteps() ?? [])].map(({ type }) => type);
}

it('cannot be disconnected while a message is on its way to the runtime, which is then answered', async () => {
  const { fake, sessions, owned } = await openSession();
  const sent = sessions.send(owned, message('hello'), null);
  const messageId = await fake.sends.next();
  await expect(sessions.disconnect(owned)).rejects.toMatchObject({ code: 'SESSION_BUSY' });
  fake.prompt();
  fake.finish();
  messageId.take('m1');
  expect((await sent).turn.messageId).toBe('m1');
  expect(stepsOf(sessions)).toContain('assistant_message.completed');
});

it('sends messages one after the other, in the order in which they were asked for', async () => {
  const { fake, sessions, owned } = await openSession();
  const both = [
    sessions.send(owned, message('first'), null),
    sessions.send(owned, message('second'), null),
  ];
  const first = await fake.sends.next();
  await vi.waitFor(() => {
    expect(first.prompt).toBe('first');
  });
  expect(fake.sends.collected).toHaveLength(1);
  first.take('m1');
  (await fake.sends.next()).take('m2');
  const turns = (await Promise.all(both)).map(({ turn }) => turn.messageId);
  expect(turns).toEqual(['m1', 'm2']);
});

it('sends a message to an attached session without reading its record again', async () => {
  const { fake, sessions, store, owned } = await openSession();
  const find = vi.spyOn(store, 'find');
  const sent = sessions.send(owned, message('hello'), 'key');
  const call = await fake.sends.next();
  expect(find).not.toHaveBeenCalled();
  call.take('m1');
  await sent;
});

it('reports a session that was deleted after the ownership check, and opens no object for it', async () => {
  const { sessions, store, owned } = await openSession();
  sessions.handleLifecycleEvent({ type: 'session.deleted', sessionId: SESSION });
  await vi.waitFor(async () => {
    expect(await store.find(SESSION)).toBeUndefined();
  });
  const sent = sessions.send(owned, message('hello'), null);
  await expect(sent).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
  expect(sessions.inUseCount).toBe(0);
});

it('takes what was pushed during an attach that failed only after what came before it', async () => {
  const { fake, sessions, owned, onCall } = await openSession();
  fake.prompt();
  fake.finish();
  const before = stepsOf(sessions).length;
  fake.kill(0);
  fake.prompt();
  let calls = 0;
  onCall(async (call) => {
    if (++calls === 1) return call();
    // Attached, and pushed to, but what was missed cannot be read.
    fake.finish();
    throw new GatewayError('RUNTIME_UNAVAILABLE', 'lost');
  });
  const resume = (): Promise<unknown> => sessions.resume(owned, {});
  await expect(resume()).rejects.toMatchObject({ code: 'RUNTIME_UNAVAILABLE' });
  onCall((call) => call());
  await resume();
  const missed = stepsOf(sessions).slice(before);
  expect(missed.filter((type) => type.includes('message'))).toEqual([
    'user_message.added',
    'assistant_message.completed',
  ]);
});

it('attaches once when two operations find at the same time that the runtime has closed the session', async () => {
  const { fake, sessions, owned, onCall } = await openSession();
  const calls: { readonly reject: (error: Error) => void }[] = [];
  onCall(() => new Promise((_resolve, reject) => calls.push({ reject })));
  const sent = sessions.send(owned, message('hello'), null);
  const unshared = sessions.setRemoteMode(owned, 'off');
  await vi.waitFor(() => {
    expect(calls).toHaveLength(2);
  });
  let reattach = (): void => undefined;
  const held = new Promise<void>((resolve) => (reattach = resolve));
  let attachCount = 0;
  onCall(async (call) => {
    if (attachCount++ === 0) await held;
    return call().catch(() => ({}));
  });
  const closed = new GatewayError('SESSION_NOT_FOUND', 'closed');
  calls[0]?.reject(closed);
  await vi.waitFor(() => {
    expect(attachCount).toBe(1);
  });
  calls[1]?.reject(closed);
  await new Promise((resolve) => setImmediate(resolve));
  reattach();
  (await fake.sends.next()).take('m1');
  expect((await sent).turn.messageId).toBe('m1');
  await unshared;
});

it('keeps where a session is seen on GitHub, and whether it can be steered from there', async () => {
  const { fake, sessions } = await openSession();
  const url = 'https://github.com/copilot/tasks/1';
  fake.tell('session.info', { infoType: 'notification', message: 'Elsewhere', url: 'x' });
  fake.tell('session.info', { infoType: 'remote', message: 'Connected', url });
  fake.tell('session.remote_steerable_changed', { remoteSteerable: true });
  await vi.waitFor(async () => {
    const record = await sessions.requireRecord(SESSION);
    expect(record).toMatchObject({ remoteUrl: url, remoteSteerable: true });
  });
});
