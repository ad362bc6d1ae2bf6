import { describe, expect, it } from 'vitest';

import { catchErrorCode } from '../../support/assertions/failures.ts';
import { transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { FakeProvider } from '../../support/models/fake-provider.ts';
import {
  createSession,
  createTestSession,
  fetchSession,
  resumeSession,
} from '../../support/operations/sessions.ts';
import { ask } from '../../support/operations/turns.ts';

const model = 'a-model';

describe.each(transports)('over %s', (transport) => {
  it('a disallowed provider is rejected for new and existing sessions and never called', async () => {
    await using server = await FakeProvider.start();
    const profiles = {
      default: { allowsOwnProvider: true },
      closed: { models: ['scripted'] },
    };
    const env = { PROVIDER_HOSTS: 'models.example.com, 127.0.0.1:9' };
    await using gateway = await startTestGateway({ env, profiles });
    const client = gateway.connect(transport);
    const provider = {
      type: 'OPENAI',
      baseUrl: `${server.url}/v1`,
      apiKey: server.createKey('ada'),
    } as const;
    const open = await createTestSession(gateway, client);
    const cases: [code: string, input: object][] = [
      ['POLICY_BLOCKED', { provider }],
      ['POLICY_BLOCKED', { provider: { ...provider, baseUrl: 'https://169.254.169.254' } }],
      ['BAD_USER_INPUT', { provider: { ...provider, baseUrl: 'http://models.example.com' } }],
      ['BAD_USER_INPUT', { provider: { ...provider, baseUrl: 'https://a:b@models.example.com' } }],
      ['BAD_USER_INPUT', { provider: { ...provider, baseUrl: 'https://models.example.com?a' } }],
      ['BAD_USER_INPUT', { provider: { ...provider, baseUrl: 'file:///etc/passwd' } }],
      ['BAD_USER_INPUT', { provider: { ...provider, bearerToken: 'both' } }],
      ['BAD_USER_INPUT', { provider: { ...provider, apiKey: 'two words' } }],
      ['BAD_USER_INPUT', { provider: { ...provider, azureApiVersion: '2024-10-21' } }],
      ['BAD_USER_INPUT', { provider: { ...provider, type: 'ANTHROPIC', wireApi: 'RESPONSES' } }],
      ['BAD_USER_INPUT', { provider, gitHubToken: 'gho_any' }],
    ];
    for (const [code, given] of cases) {
      const sessionId = gateway.createSessionId();
      const input = { sessionId, model, ...given };
      expect([given, await catchErrorCode(client.run(createSession, { input }))]).toEqual([
        given,
        code,
      ]);
      expect(await catchErrorCode(fetchSession(client, sessionId))).toBe('SESSION_NOT_FOUND');
      const resume = client.run(resumeSession, { input: { ...input, sessionId: open } });
      expect([given, await catchErrorCode(resume)]).toEqual([given, code]);
    }
    const closed = { sessionId: gateway.createSessionId(), profile: 'closed', model, provider };
    expect(await catchErrorCode(client.run(createSession, { input: closed }))).toBe(
      'POLICY_BLOCKED',
    );
    expect(await ask(client, open, 'Say hello')).toMatchObject({ state: 'COMPLETED' });
    expect(server.calls).toEqual([]);
  });
});

it('a provider that is no longer allowed is no longer called', async () => {
  await using server = await FakeProvider.start();
  const profiles = { default: { allowsOwnProvider: true } };
  await using gateway = await startTestGateway({ env: { PROVIDER_HOSTS: '127.0.0.1' }, profiles });
  const provider = {
    type: 'OPENAI',
    baseUrl: `${server.url}/v1`,
    apiKey: server.createKey('ada'),
  } as const;
  const before = gateway.connect('HTTP');
  const sessionId = gateway.createSessionId();
  await before.run(createSession, { input: { sessionId, model, provider } });
  await ask(before, sessionId, 'Who are you?');
  profiles.default = { allowsOwnProvider: false };
  await gateway.restart();
  const client = gateway.connect('HTTP');
  const input = { sessionId, provider };
  expect(await catchErrorCode(client.run(resumeSession, { input }))).toBe('POLICY_BLOCKED');
  expect(await catchErrorCode(ask(client, sessionId, 'Who are you?'))).toBe('POLICY_BLOCKED');
  expect(server.calls).toHaveLength(1);
  expect(gateway.model.requests).toEqual([]);
});

it('a redirect of a provider is not followed', async () => {
  await using server = await FakeProvider.start();
  await using target = await FakeProvider.start();
  const apiKey = server.createKey('ada');
  target.keys.set(apiKey, 'ada');
  server.redirectUrl = target.url;
  const profiles = { default: { allowsOwnProvider: true } };
  const env = { PROVIDER_HOSTS: server.host };
  await using gateway = await startTestGateway({ env, profiles });
  const client = gateway.connect('HTTP');
  const provider = { type: 'OPENAI', baseUrl: `${server.url}/v1`, apiKey } as const;
  const sessionId = await createTestSession(gateway, client, { model, provider });
  const turn = await ask(client, sessionId, 'Who are you?');
  expect(turn).toMatchObject({ state: 'FAILED', error: { code: 'MODEL_ERROR' } });
  expect(target.calls).toEqual([]);
});
