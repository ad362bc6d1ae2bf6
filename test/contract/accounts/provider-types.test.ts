import { describe, expect, it } from 'vitest';

import { startTestGateway } from '../../support/gateway/gateway.ts';
import { FakeProvider } from '../../support/models/fake-provider.ts';
import { createSession } from '../../support/operations/sessions.ts';
import { ask } from '../../support/operations/turns.ts';

interface Kind {
  readonly name: string;
  /** As a client says it. */
  readonly input: {
    readonly type: 'OPENAI' | 'AZURE' | 'ANTHROPIC';
    readonly wireApi?: 'COMPLETIONS' | 'RESPONSES';
    readonly azureApiVersion?: string;
  };
  readonly base: string;
  readonly path: string;
  /** Of the request, for an API key. */
  readonly header: string;
}

const kinds: readonly Kind[] = [
  {
    name: 'an OpenAI-compatible one by chat completions',
    input: { type: 'OPENAI' },
    base: '/v1',
    path: '/v1/chat/completions',
    header: 'authorization',
  },
  {
    name: 'an OpenAI-compatible one by responses',
    input: { type: 'OPENAI', wireApi: 'RESPONSES' },
    base: '/v1',
    path: '/v1/responses',
    header: 'authorization',
  },
  {
    name: 'Azure without a version',
    input: { type: 'AZURE', wireApi: 'COMPLETIONS' },
    base: '',
    path: '/openai/v1/chat/completions',
    header: 'api-key',
  },
  {
    name: 'Azure of a version',
    input: { type: 'AZURE', azureApiVersion: '2024-10-21' },
    base: '',
    path: '/openai/deployments/a-model/chat/completions?api-version=2024-10-21',
    header: 'api-key',
  },
  {
    name: 'Anthropic',
    input: { type: 'ANTHROPIC' },
    base: '',
    path: '/v1/messages',
    header: 'x-api-key',
  },
];

/** As a profile says it. */
function inProfile({ input, base }: Kind, url: string): object {
  return {
    type: input.type.toLowerCase(),
    baseUrl: `${url}${base}`,
    apiKey: { env: 'KEY_OF_PROFILE' },
    ...(input.wireApi && { wireApi: input.wireApi.toLowerCase() }),
    ...(input.azureApiVersion && { azureApiVersion: input.azureApiVersion }),
  };
}

describe.each(kinds)('a session gets its answers from $name', (kind) => {
  it('with the provider of its profile', async () => {
    await using server = await FakeProvider.start();
    const env = { KEY_OF_PROFILE: server.createKey('profile') };
    const provider = inProfile(kind, server.url);
    const profiles = { default: { provider, defaultModel: 'a-model' } };
    await using gateway = await startTestGateway({ env, profiles });
    const client = gateway.connect('HTTP');
    const sessionId = gateway.createSessionId();
    await client.run(createSession, { input: { sessionId } });
    const turn = await ask(client, sessionId, 'Who are you?');
    expect(turn).toMatchObject({ state: 'COMPLETED', reply: { content: 'I am profile.' } });
    const { path, header } = kind;
    expect(server.calls).toEqual([{ path, header, model: 'a-model' }]);
  });

  it.each(['apiKey', 'bearerToken'] as const)(
    'with a client-supplied provider that uses %s',
    async (credential) => {
      await using server = await FakeProvider.start();
      const env = { PROVIDER_HOSTS: '127.0.0.1' };
      const profiles = { default: { allowsOwnProvider: true } };
      await using gateway = await startTestGateway({ env, profiles });
      const client = gateway.connect('HTTP');
      const sessionId = gateway.createSessionId();
      const baseUrl = `${server.url}${kind.base}`;
      const provider = { ...kind.input, baseUrl, [credential]: server.createKey('ada') };
      await client.run(createSession, { input: { sessionId, model: 'a-model', provider } });
      const turn = await ask(client, sessionId, 'Who are you?');
      expect(turn).toMatchObject({ state: 'COMPLETED', reply: { content: 'I am ada.' } });
      const { path } = kind;
      const header = credential === 'apiKey' ? kind.header : 'authorization';
      expect(server.calls).toEqual([{ path, header, model: 'a-model' }]);
      expect(gateway.model.requests).toEqual([]);
    },
  );
});
