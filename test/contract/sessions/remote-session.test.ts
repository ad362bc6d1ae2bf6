import { describe, expect, inject, it } from 'vitest';

import { graphql } from '../../generated/operations/gql.ts';
import type { RemoteMode } from '../../generated/operations/graphql.ts';
import { catchErrorCode } from '../../support/assertions/failures.ts';
import { waitUntil } from '../../support/assertions/until.ts';
import { type Client, transports } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { FakeProvider } from '../../support/models/fake-provider.ts';
import { sessionInfo } from '../../support/operations/events.ts';
import {
  createSession,
  createTestSession,
  fetchSession,
  forkSession,
  resumeSession,
  setSessionRemote,
  updateSessionCredentials,
} from '../../support/operations/sessions.ts';
import { ask } from '../../support/operations/turns.ts';
import { startCli } from '../../support/runtimes/cli-runtime.ts';
import { FakeCopilot } from '../../support/services/fake-copilot.ts';

const readRemote = graphql(`
  query ReadRemote($id: ID!) {
    session(id: $id) {
      remote {
        url
        steerable
      }
    }
  }
`);
const warnings = graphql(`
  subscription SessionWarnings($sessionId: ID!) {
    sessionEvents(sessionId: $sessionId, types: [SESSION_WARNING]) {
      ... on SessionWarning {
        warningType
        message
      }
    }
  }
`);

const PROMPT = 'Who are you?';
const sharing = { default: { allowsRemote: true } };

interface SharingGateway extends AsyncDisposable {
  readonly copilot: FakeCopilot;
  readonly gateway: TestGateway;
}

interface SharingOptions {
  /** Whose account the runtime has; null: none. */
  readonly login?: string | null;
  readonly profiles?: Readonly<Record<string, object>>;
  readonly env?: NodeJS.ProcessEnv;
}

/** On a runtime of the project's kind, which is signed in to the stand-in for GitHub. */
async function startSharing(options: SharingOptions = {}): Promise<SharingGateway> {
  const { login = 'server', profiles = sharing, env = {} } = options;
  const copilot = await FakeCopilot.start();
  const account = login === null ? {} : { COPILOT_GITHUB_TOKEN: copilot.createToken(login) };
  const isBundled = inject('runtime').kind === 'bundled';
  const cli = isBundled ? null : await startCli({ ...copilot.env, ...account, ...env });
  const runtime = cli ? { CLI_URL: cli.url, COPILOT_CONNECTION_TOKEN: cli.token } : account;
  const gateway = await startTestGateway({ env: { ...copilot.env, ...runtime, ...env }, profiles });
  const dispose = async (): Promise<void> => {
    await gateway[Symbol.asyncDispose]();
    await cli?.stop();
    await copilot[Symbol.asyncDispose]();
  };
  return { copilot, gateway, [Symbol.asyncDispose]: dispose };
}

async function remoteOf(client: Client, id: string) {
  return (await client.run(readRemote, { id })).session.remote;
}

const pageOf = (sessionId: string): string => `https://github.com/copilot/tasks/${sessionId}`;

describe.each(transports)('over %s', (transport) => {
  it('a session can be shared later, its sharing mode changed, and sharing ended', async () => {
    await using shared = await startSharing();
    const { copilot, gateway } = shared;
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    expect(await remoteOf(client, sessionId)).toBeNull();
    const set = async (mode: RemoteMode) => {
      const changed = await client.run(setSessionRemote, { input: { sessionId, mode } });
      return changed.setSessionRemote.session.remote;
    };
    const url = pageOf(sessionId);
    expect(await set('EXPORT')).toEqual({ url, steerable: false });
    expect(await set('ON')).toEqual({ url, steerable: true });
    expect(await set('EXPORT')).toEqual({ url, steerable: false });
    await ask(client, sessionId, PROMPT);
    const { sessions } = copilot.missionControl;
    await waitUntil(
      () => JSON.stringify(sessions.get(sessionId)?.events).includes('I am server.'),
      {
        what: () => 'the answer at GitHub',
      },
    );
    expect(sessions.get(sessionId)?.login).toBe('server');
    expect(await set('OFF')).toBeNull();
    expect(await remoteOf(client, sessionId)).toBeNull();
  });

  it('a session can be shared when it is created', async () => {
    await using shared = await startSharing();
    const client = shared.gateway.connect(transport);
    for (const [remote, steerable] of [
      ['ON', true],
      ['EXPORT', false],
    ] as const) {
      const sessionId = await createTestSession(shared.gateway, client, { remote });
      expect(await remoteOf(client, sessionId)).toEqual({ url: pageOf(sessionId), steerable });
    }
  });
});

it('a shared session is shared again after a restart, and `sessionInfo` repeats its URL', async () => {
  await using shared = await startSharing();
  const { copilot, gateway } = shared;
  const before = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, before, { remote: 'ON' });
  await ask(before, sessionId, PROMPT);
  await gateway.restart();

  const client = gateway.connect('WebSocket');
  const remote = { url: pageOf(sessionId), steerable: true };
  expect(await remoteOf(client, sessionId)).toEqual(remote);
  await using late = await client.subscribe(sessionInfo, { sessionId, infoTypes: ['remote'] });
  expect((await late.next()).sessionInfo.url).toBe(remote.url);
  const { sessions } = copilot.missionControl;
  const told = (): string => JSON.stringify(sessions.get(sessionId)?.events);
  const length = told().length;
  await ask(client, sessionId, PROMPT);
  await waitUntil(() => told().slice(length).includes('I am server.'), {
    what: () => 'the second answer at GitHub',
  });
  expect(await remoteOf(client, sessionId)).toEqual(remote);

  await client.run(setSessionRemote, { input: { sessionId, mode: 'OFF' } });
  await gateway.restart();
  const again = gateway.connect('WebSocket');
  await ask(again, sessionId, PROMPT);
  expect(await remoteOf(again, sessionId)).toBeNull();
  expect((await fetchSession(again, sessionId)).messages.nodes).toHaveLength(6);
});

it('a steerable session stays attached while idle, and other sessions are released', async () => {
  await using shared = await startSharing({ env: { SESSION_IDLE_DISCONNECT: '200ms' } });
  const { gateway } = shared;
  const client = gateway.connect('HTTP');
  const steered = await createTestSession(gateway, client, { remote: 'ON' });
  const exported = await createTestSession(gateway, client, { remote: 'EXPORT' });
  const released = (sessionId: string): Promise<unknown> =>
    waitUntil(() => gateway.findOpenSession(sessionId) === undefined, {
      what: () => 'the session to be let go',
    });
  await released(exported);
  expect((await fetchSession(client, steered)).state).toBe('IDLE');
  expect(await remoteOf(client, exported)).not.toBeNull();
  await client.run(setSessionRemote, { input: { sessionId: steered, mode: 'OFF' } });
  await released(steered);
});

it('a fork of a shared session is not shared', async () => {
  await using shared = await startSharing();
  const { copilot, gateway } = shared;
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client, { remote: 'ON' });
  await ask(client, sessionId, PROMPT);
  const { forkSession: fork } = await client.run(forkSession, { input: { sessionId } });
  await ask(client, fork.session.id, PROMPT);
  expect(await remoteOf(client, fork.session.id)).toBeNull();
  expect([...copilot.missionControl.sessions.keys()]).toEqual([sessionId]);
});

it('a policy of the organization that forbids sharing is reported as an error, and nothing changes', async () => {
  await using shared = await startSharing();
  const { copilot, gateway } = shared;
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client);
  copilot.missionControl.policy = 'Not here.';
  const input = { sessionId: gateway.createSessionId(), remote: 'ON' } as const;
  expect(await catchErrorCode(client.run(createSession, { input }))).toBe('POLICY_BLOCKED');
  expect(await catchErrorCode(fetchSession(client, input.sessionId))).toBe('SESSION_NOT_FOUND');
  const { runtime } = gateway.services;
  const left = runtime.call((sdk) => sdk.resumeSession(input.sessionId, { availableTools: [] }));
  await expect(left).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
  const set = client.run(setSessionRemote, { input: { sessionId, mode: 'ON' } });
  expect(await catchErrorCode(set)).toBe('POLICY_BLOCKED');
  expect(await remoteOf(client, sessionId)).toBeNull();
  copilot.missionControl.policy = null;
  await client.run(createSession, { input });
  expect(await remoteOf(client, input.sessionId)).not.toBeNull();
});

it('a session that may no longer be shared continues and emits a warning', async () => {
  await using shared = await startSharing();
  const { copilot, gateway } = shared;
  const sessionId = await createTestSession(gateway, gateway.connect('HTTP'), { remote: 'ON' });
  await gateway.restart();
  copilot.missionControl.sessions.clear();
  copilot.missionControl.policy = 'Not any more.';
  const client = gateway.connect('WebSocket');
  await using told = await client.subscribe(warnings, { sessionId });
  expect((await ask(client, sessionId, PROMPT)).reply?.content).toBe('I am server.');
  expect((await told.next()).sessionEvents.warningType).toBe('remote');
  await waitUntil(async () => (await remoteOf(client, sessionId)) === null, {
    what: () => 'the address to be gone',
  });
});

it('the integration id and the Mission Control URL reach the runtime', async () => {
  await using elsewhere = await FakeCopilot.start();
  const env = {
    GITHUB_COPILOT_INTEGRATION_ID: 'our-gateway',
    COPILOT_MC_BASE_URL: elsewhere.env['COPILOT_MC_BASE_URL'],
  };
  await using shared = await startSharing({ env });
  const { copilot, gateway } = shared;
  for (const [token, account] of copilot.accounts) elsewhere.accounts.set(token, account);
  const sessionId = await createTestSession(gateway, gateway.connect('HTTP'), { remote: 'ON' });
  expect([...elsewhere.missionControl.sessions.keys()]).toEqual([sessionId]);
  expect([...elsewhere.integrations]).toEqual(['our-gateway']);
  expect(copilot.missionControl.sessions.size).toBe(0);
});

it('a runtime that is not signed in rejects sharing', async () => {
  await using server = await FakeProvider.start();
  const provider = { type: 'openai', baseUrl: `${server.url}/v1`, apiKey: { env: 'KEY' } };
  const profiles = { default: { allowsRemote: true, provider, defaultModel: 'a-model' } };
  const env = { KEY: server.createKey('profile') };
  await using shared = await startSharing({ login: null, profiles, env });
  const client = shared.gateway.connect('HTTP');
  const sessionId = await createTestSession(shared.gateway, client);
  const set = client.run(setSessionRemote, { input: { sessionId, mode: 'ON' } });
  expect(await catchErrorCode(set)).toBe('GITHUB_AUTH_REQUIRED');
  const input = { sessionId: shared.gateway.createSessionId(), remote: 'EXPORT' } as const;
  expect(await catchErrorCode(client.run(createSession, { input }))).toBe('GITHUB_AUTH_REQUIRED');
  expect(await catchErrorCode(fetchSession(client, input.sessionId))).toBe('SESSION_NOT_FOUND');
});

it('sharing is rejected when the profile does not allow it', async () => {
  await using shared = await startSharing({ profiles: { default: {} } });
  const { copilot, gateway } = shared;
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client);
  const set = client.run(setSessionRemote, { input: { sessionId, mode: 'ON' } });
  expect(await catchErrorCode(set)).toBe('POLICY_BLOCKED');
  const input = { sessionId: gateway.createSessionId(), remote: 'ON' } as const;
  expect(await catchErrorCode(client.run(createSession, { input }))).toBe('POLICY_BLOCKED');
  await client.run(setSessionRemote, { input: { sessionId, mode: 'OFF' } });
  expect(copilot.missionControl.sessions.size).toBe(0);
});

it('a session with its own account or provider is not shared under the server’s account', async () => {
  await using server = await FakeProvider.start();
  const profiles = { default: { allowsRemote: true, allowsOwnProvider: true } };
  const env = { PROVIDER_HOSTS: '127.0.0.1' };
  await using shared = await startSharing({ profiles, env });
  const { copilot, gateway } = shared;
  const client = gateway.connect('HTTP');
  const provider = {
    type: 'OPENAI',
    baseUrl: `${server.url}/v1`,
    apiKey: server.createKey('ada'),
  } as const;
  const gitHubToken = copilot.createToken('ada');
  const model = 'scripted';
  for (const [code, given] of [
    ['BAD_USER_INPUT', { provider, model }],
    ['NOT_SUPPORTED', { gitHubToken }],
  ] as const) {
    const sessionId = await createTestSession(gateway, client, given);
    const set = client.run(setSessionRemote, { input: { sessionId, mode: 'ON' } });
    expect(await catchErrorCode(set)).toBe(code);
    const input = { sessionId: gateway.createSessionId(), remote: 'ON', ...given } as const;
    expect(await catchErrorCode(client.run(createSession, { input }))).toBe(code);
  }
  expect(copilot.missionControl.sessions.size).toBe(0);
  const sessionId = await createTestSession(gateway, client, { remote: 'ON' });
  const credentials = client.run(updateSessionCredentials, { input: { sessionId, gitHubToken } });
  expect(await catchErrorCode(credentials)).toBe('BAD_USER_INPUT');
  const resumed = client.run(resumeSession, { input: { sessionId, provider, model } });
  expect(await catchErrorCode(resumed)).toBe('BAD_USER_INPUT');
});

it('without an account of the runtime, a session is shared under its own account only', async () => {
  await using shared = await startSharing({ login: null });
  const { copilot, gateway } = shared;
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client, {
    gitHubToken: copilot.createToken('ada'),
  });
  const set = client.run(setSessionRemote, { input: { sessionId, mode: 'ON' } });
  if (inject('runtime').kind === 'bundled') {
    expect(await catchErrorCode(set)).toBe('GITHUB_AUTH_REQUIRED');
    expect(copilot.missionControl.sessions.size).toBe(0);
  } else {
    await set;
    expect(copilot.missionControl.sessions.get(sessionId)?.login).toBe('ada');
  }
});

it('a cloud session rejects sharing and a provider', async () => {
  const profiles = { default: { allowsRemote: true, allowsOwnProvider: true } };
  await using shared = await startSharing({ profiles, env: { PROVIDER_HOSTS: 'models.example' } });
  const { gateway } = shared;
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client);
  await gateway.store.update(sessionId, { location: 'cloud' });
  const set = client.run(setSessionRemote, { input: { sessionId, mode: 'ON' } });
  expect(await catchErrorCode(set)).toBe('NOT_SUPPORTED');
  const provider = { type: 'OPENAI', baseUrl: 'https://models.example', apiKey: 'key' } as const;
  const resumed = client.run(resumeSession, { input: { sessionId, provider, model: 'a-model' } });
  expect(await catchErrorCode(resumed)).toBe('BAD_USER_INPUT');
});
