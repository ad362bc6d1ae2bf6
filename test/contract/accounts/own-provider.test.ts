import { expect, it } from 'vitest';

import type { ProviderInput } from '../../generated/operations/graphql.ts';
import { catchErrorCode } from '../../support/assertions/failures.ts';
import { waitUntil } from '../../support/assertions/until.ts';
import { type Client, transports } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { FakeProvider } from '../../support/models/fake-provider.ts';
import { credentialsRequired } from '../../support/operations/events.ts';
import {
  createSession,
  createTestSession,
  fetchSession,
  forkSession,
  resumeSession,
  updateSession,
  updateSessionCredentials,
} from '../../support/operations/sessions.ts';
import { readStatus } from '../../support/operations/status.ts';
import { ask, fetchTurn, send } from '../../support/operations/turns.ts';
import { ExternalRuntime } from '../../support/runtimes/external-runtime.ts';
import { FakeCopilot } from '../../support/services/fake-copilot.ts';

const PROMPT = 'Who are you?';
const hosts = { PROVIDER_HOSTS: '127.0.0.1' };
const profiles = { default: { allowsOwnProvider: true } };

function inputOf(server: FakeProvider, key: string | null): ProviderInput {
  return { type: 'OPENAI', baseUrl: `${server.url}/v1`, ...(key !== null && { apiKey: key }) };
}

async function sessionOf(
  gateway: TestGateway,
  client: Client,
  provider: ProviderInput,
): Promise<string> {
  const input = { sessionId: gateway.createSessionId(), model: 'a-model', provider };
  return (await client.run(createSession, { input })).createSession.session.id;
}

async function reply(client: Client, sessionId: string): Promise<string | undefined> {
  return (await ask(client, sessionId, PROMPT)).reply?.content;
}

/** Neither what is logged nor what is kept. */
function expectNoKey(gateway: TestGateway, server: FakeProvider): void {
  const logged = JSON.stringify(gateway.logs);
  for (const key of server.keys.keys()) expect(logged).not.toContain(key);
}

it.each(transports)('each session uses its own provider key, over %s', async (transport) => {
  await using server = await FakeProvider.start();
  await using gateway = await startTestGateway({ env: hosts, profiles });
  const client = gateway.connect(transport);
  const adas = await sessionOf(gateway, client, inputOf(server, server.createKey('ada')));
  const bobs = await sessionOf(gateway, client, inputOf(server, server.createKey('bob')));
  expect(await reply(client, adas)).toBe('I am ada.');
  expect(await reply(client, bobs)).toBe('I am bob.');
  const { forkSession: fork } = await client.run(forkSession, { input: { sessionId: adas } });
  expect(await reply(client, fork.session.id)).toBe('I am ada.');

  const input = { sessionId: bobs, provider: inputOf(server, server.createKey('carol')) };
  await client.run(resumeSession, { input });
  expect(await reply(client, bobs)).toBe('I am carol.');
  expect(await reply(client, adas)).toBe('I am ada.');
  expect(gateway.model.requests).toEqual([]);
  expectNoKey(gateway, server);
});

it('a running turn continues when the key is replaced, and the next turn uses the new key', async () => {
  await using server = await FakeProvider.start();
  await using gateway = await startTestGateway({ env: hosts, profiles });
  const client = gateway.connect('HTTP');
  const sessionId = await sessionOf(gateway, client, inputOf(server, server.createKey('ada')));
  let goOn = (): void => undefined;
  server.gate = new Promise((resolve) => (goOn = resolve));
  const { turn } = await send(client, sessionId, PROMPT);
  await waitUntil(() => server.calls.length === 1, { what: () => 'the model call' });
  const provider = inputOf(server, server.createKey('bob'));
  await client.run(resumeSession, { input: { sessionId, provider } });
  goOn();
  await waitUntil(async () => (await fetchTurn(client, sessionId, turn.id)).state === 'COMPLETED', {
    what: () => 'the end of the turn',
  });
  expect((await fetchTurn(client, sessionId, turn.id)).reply?.content).toBe('I am ada.');
  expect(await reply(client, sessionId)).toBe('I am bob.');
});

it('after a restart the key must be supplied again, and no key of the server is used instead', async () => {
  await using copilot = await FakeCopilot.start();
  await using server = await FakeProvider.start();
  const env = { ...copilot.env, ...hosts, COPILOT_GITHUB_TOKEN: copilot.createToken('server') };
  await using gateway = await startTestGateway({ env, profiles });
  const provider = inputOf(server, server.createKey('ada'));
  const before = gateway.connect('HTTP');
  const sessionId = await sessionOf(gateway, before, provider);
  expect(await reply(before, sessionId)).toBe('I am ada.');
  await gateway.restart();

  const client = gateway.connect('WebSocket');
  await using events = await client.subscribe(credentialsRequired, { sessionId });
  const { host, reason } = (await events.next()).sessionEvents;
  expect(host).toBe(server.host);
  expect(reason).toContain('resumeSession');
  expect(await catchErrorCode(ask(client, sessionId, PROMPT))).toBe('MODEL_AUTHENTICATION');
  expect(await catchErrorCode(client.run(resumeSession, { input: { sessionId } }))).toBe(
    'MODEL_AUTHENTICATION',
  );
  const { state, messages } = await fetchSession(client, sessionId);
  expect(state).toBe('DISCONNECTED');
  expect(messages.nodes.at(-1)?.content).toBe('I am ada.');
  expect(server.calls).toHaveLength(1);

  await client.run(resumeSession, { input: { sessionId, provider } });
  expect(await reply(client, sessionId)).toBe('I am ada.');
  // It has an account to offer, to sessions without a provider.
  expect(await reply(client, await createTestSession(gateway, client))).toBe('I am server.');
  expectNoKey(gateway, server);
});

it('a provider without a key is restored after a restart', async () => {
  await using server = await FakeProvider.start();
  server.keys.set('', 'nobody');
  await using gateway = await startTestGateway({ env: hosts, profiles });
  const sessionId = await sessionOf(gateway, gateway.connect('HTTP'), inputOf(server, null));
  await gateway.restart();
  expect(await reply(gateway.connect('HTTP'), sessionId)).toBe('I am nobody.');
});

it('the key is restored automatically after the runtime was killed', async () => {
  await using runtime = await ExternalRuntime.start();
  await using server = await FakeProvider.start();
  await using gateway = await startTestGateway({ env: { ...runtime.env, ...hosts }, profiles });
  const client = gateway.connect('HTTP');
  const sessionId = await sessionOf(gateway, client, inputOf(server, server.createKey('ada')));
  expect(await reply(client, sessionId)).toBe('I am ada.');
  await runtime.kill();
  await waitUntil(async () => !(await client.run(readStatus)).status.healthy, {
    what: () => 'the loss to be seen',
  });
  await runtime.start();
  await waitUntil(async () => (await client.run(readStatus)).status.healthy, {
    what: () => 'the runtime to be found again',
  });
  expect(await reply(client, sessionId)).toBe('I am ada.');
  expect(gateway.model.requests).toEqual([]);
});

it('a key that the provider rejects fails the turn and can be replaced', async () => {
  await using server = await FakeProvider.start();
  await using gateway = await startTestGateway({ env: hosts, profiles });
  const client = gateway.connect('HTTP');
  const sessionId = await sessionOf(gateway, client, inputOf(server, 'sk-nobody'));
  const turn = await ask(client, sessionId, PROMPT);
  expect(turn).toMatchObject({ state: 'FAILED', error: { code: 'MODEL_AUTHENTICATION' } });
  expect(JSON.stringify(turn)).not.toContain('sk-nobody');
  const provider = inputOf(server, server.createKey('ada'));
  await client.run(resumeSession, { input: { sessionId, provider } });
  expect(await reply(client, sessionId)).toBe('I am ada.');
});

it('a session with its own provider requires a model and accepts any model name', async () => {
  await using server = await FakeProvider.start();
  await using gateway = await startTestGateway({ env: hosts, profiles });
  const client = gateway.connect('HTTP');
  const provider = inputOf(server, server.createKey('ada'));
  const sessionId = await sessionOf(gateway, client, provider);
  const changed = await client.run(updateSession, { input: { sessionId, model: 'another' } });
  expect(changed.updateSession.session.model).toBe('another');
  await reply(client, sessionId);
  const input = { sessionId, model: 'a-third', provider };
  await client.run(resumeSession, { input });
  await reply(client, sessionId);
  expect(server.calls.map(({ model }) => model)).toEqual(['another', 'a-third']);
  const none = client.run(updateSession, { input: { sessionId, model: null } });
  expect(await catchErrorCode(none)).toBe('BAD_USER_INPUT');
  const unnamed = { sessionId: gateway.createSessionId(), provider };
  expect(await catchErrorCode(client.run(createSession, { input: unnamed }))).toBe(
    'BAD_USER_INPUT',
  );
});

it('a session of the server’s provider can switch to its own provider with resumeSession and a model', async () => {
  await using server = await FakeProvider.start();
  await using gateway = await startTestGateway({ env: hosts, profiles });
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client);
  const provider = inputOf(server, server.createKey('ada'));
  const input = { sessionId, provider };
  expect(await catchErrorCode(client.run(resumeSession, { input }))).toBe('BAD_USER_INPUT');
  await client.run(resumeSession, { input: { ...input, model: 'a-model' } });
  expect(await reply(client, sessionId)).toBe('I am ada.');
  expect(server.calls).toMatchObject([{ model: 'a-model' }]);
  expect(gateway.model.requests).toEqual([]);
});

it('no GitHub account is used together with a provider', async () => {
  await using copilot = await FakeCopilot.start();
  await using server = await FakeProvider.start();
  const token = copilot.createToken('ada');
  const env = { ...copilot.env, ...hosts, AUTH: 'github', ALLOWED_VIEWERS: '*' };
  await using gateway = await startTestGateway({ env, profiles });
  const client = gateway.connect('HTTP', { authorization: `Bearer ${token}` });
  const provider = inputOf(server, server.createKey('adas-provider'));
  const model = 'a-model';
  const both = { sessionId: 'both', model, provider, gitHubToken: token };
  expect(await catchErrorCode(client.run(createSession, { input: both }))).toBe('BAD_USER_INPUT');
  expect(await catchErrorCode(fetchSession(client, 'both'))).toBe('SESSION_NOT_FOUND');

  await client.run(createSession, { input: { sessionId: 'own', model, provider } });
  expect(await reply(client, 'own')).toBe('I am adas-provider.');
  const credentials = { sessionId: 'own', gitHubToken: token };
  for (const refused of [
    client.run(updateSessionCredentials, { input: credentials }),
    client.run(resumeSession, { input: credentials }),
    client.run(resumeSession, { input: { ...credentials, provider } }),
  ]) {
    expect(await catchErrorCode(refused)).toBe('BAD_USER_INPUT');
  }
  // The token that its owner signs in with is the session's.
  await client.run(createSession, { input: { sessionId: 'signed-in' } });
  const input = { sessionId: 'signed-in', model, provider };
  expect(await catchErrorCode(client.run(resumeSession, { input }))).toBe('BAD_USER_INPUT');
  expect(await reply(client, 'signed-in')).toBe('I am ada.');
  expect(await reply(client, 'own')).toBe('I am adas-provider.');
});

it('createSession with ifExists RESUME supplies the key again', async () => {
  await using server = await FakeProvider.start();
  await using gateway = await startTestGateway({ env: hosts, profiles });
  const sessionId = gateway.createSessionId();
  const provider = inputOf(server, server.createKey('ada'));
  const input = { sessionId, ifExists: 'RESUME', model: 'a-model', provider } as const;
  await gateway.connect('HTTP').run(createSession, { input });
  await gateway.restart();
  const client = gateway.connect('HTTP');
  expect((await client.run(createSession, { input })).createSession.created).toBe(false);
  expect(await reply(client, sessionId)).toBe('I am ada.');
});
