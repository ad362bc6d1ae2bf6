import { describe, expect, it } from 'vitest';

import { graphql } from '../../generated/operations/gql.ts';
import { type Client, transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import {
  createSession,
  createTestSession,
  fetchSession,
  resumeSession,
} from '../../support/operations/sessions.ts';
import { ask } from '../../support/operations/turns.ts';
import {
  provideShareableRuntime,
  startOtherClient,
} from '../../support/runtimes/external-runtime.ts';
import { FakeCopilot } from '../../support/services/fake-copilot.ts';

const listModels = graphql(`
  query ListModels($profile: String) {
    models(profile: $profile) {
      name
      displayName
      contextWindow
      reasoningEfforts
    }
  }
`);

const withoutProvider = {
  PROVIDER_TYPE: '',
  PROVIDER_BASE_URL: '',
  PROVIDER_API_KEY: '',
  MODEL: '',
};

const thinker = {
  models: [
    { name: 'deep', displayName: 'Deep', contextWindow: 1000, reasoningEfforts: ['LOW', 'HIGH'] },
    { name: 'shallow', reasoningEfforts: [] },
    'unknown-inside',
  ],
};
const profiles = { default: {}, thinker };

async function refused(client: Client, input: Record<string, unknown>): Promise<string> {
  const { errors } = await client.execute(createSession, { input });
  return String(errors?.[0]?.extensions['code']);
}

describe.each(transports)('over %s', (transport) => {
  it('`models` returns the models of the profile, and createSession accepts no other', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect(transport);
    const { models } = await client.run(listModels, { profile: 'thinker' });
    expect(models).toEqual([
      { name: 'deep', displayName: 'Deep', contextWindow: 1000, reasoningEfforts: ['LOW', 'HIGH'] },
      { name: 'shallow', displayName: 'shallow', contextWindow: null, reasoningEfforts: [] },
      {
        name: 'unknown-inside',
        displayName: 'unknown-inside',
        contextWindow: null,
        reasoningEfforts: ['LOW', 'MEDIUM', 'HIGH', 'XHIGH', 'MAX'],
      },
    ]);
    expect((await client.run(listModels)).models.map(({ name }) => name)).toEqual([
      gateway.model.name,
      'another',
    ]);
    const sessionId = gateway.createSessionId();
    const of = (model: string, reasoningEffort?: string) =>
      refused(client, { sessionId, profile: 'thinker', model, reasoningEffort });
    expect(await of(gateway.model.name)).toBe('MODEL_NOT_FOUND');
    expect(await of('deep', 'MEDIUM')).toBe('BAD_USER_INPUT');
    expect(await of('shallow', 'LOW')).toBe('BAD_USER_INPUT');
    // Nothing was made under this name.
    await createTestSession(gateway, client, {
      ...{ sessionId, profile: 'thinker', model: 'deep', reasoningEffort: 'HIGH' },
    });
    await ask(client, sessionId, prompts.short);
    expect(gateway.model.requests.at(-1)).toMatchObject({
      model: 'deep',
      reasoning_effort: 'high',
    });
  });

  it('resumeSession changes model and reasoning effort, also of an attached session', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client, {
      profile: 'thinker',
      model: 'shallow',
    });
    await ask(client, sessionId, prompts.short);
    const resume = (input: object) =>
      client.execute(resumeSession, { input: { sessionId, ...input } });

    const wrong = await resume({ model: 'none' });
    expect(wrong.errors).toMatchObject([{ extensions: { code: 'MODEL_NOT_FOUND' } }]);
    const tooMuch = await resume({ model: 'deep', reasoningEffort: 'MAX' });
    expect(tooMuch.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(await fetchSession(client, sessionId)).toMatchObject({
      model: 'shallow',
      reasoningEffort: null,
    });
    await ask(client, sessionId, prompts.short);
    expect(gateway.model.requests.at(-1)).toMatchObject({ model: 'shallow' });

    const right = await resume({ model: 'deep', reasoningEffort: 'LOW' });
    expect(right.data?.resumeSession.session).toMatchObject({
      model: 'deep',
      reasoningEffort: 'LOW',
    });
    await ask(client, sessionId, prompts.short);
    expect(gateway.model.requests.at(-1)).toMatchObject({ model: 'deep', reasoning_effort: 'low' });
    expect((await resume({ model: 'shallow' })).errors).toMatchObject([
      {
        extensions: { code: 'BAD_USER_INPUT' },
        message: 'reasoningEffort: must be one that the model supports: none',
      },
    ]);
  });
});

it('a reasoning effort without a model reaches the runtime', async () => {
  await using runtime = await provideShareableRuntime();
  await using gateway = await startTestGateway({ env: { ...withoutProvider, ...runtime.env } });
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client);
  const input = { sessionId, reasoningEffort: 'HIGH' } as const;
  const { resumeSession: resumed } = await client.run(resumeSession, { input });
  expect(resumed.session).toMatchObject({ model: null, reasoningEffort: 'HIGH' });
  await using other = await startOtherClient(runtime);
  const taken = await other.resumeSession(sessionId, {});
  expect(await taken.rpc.model.getCurrent()).toMatchObject({ reasoningEffort: 'high' });
  await taken.disconnect();
});

it('`models` of an account are restricted to those of the profile', async () => {
  await using copilot = await FakeCopilot.start(['fast', 'slow']);
  await using gateway = await startTestGateway({
    env: { ...copilot.env, COPILOT_GITHUB_TOKEN: copilot.createToken('svc') },
    profiles: { default: {}, frugal: { models: ['slow', 'not-of-the-account'] } },
  });
  const client = gateway.connect('HTTP');
  const names = async (profile: string) =>
    (await client.run(listModels, { profile })).models.map(({ name }) => name);
  expect(await names('default')).toEqual(['auto', 'fast', 'slow']);
  expect(await names('frugal')).toEqual(['slow']);
  const of = (profile: string, model: string) => refused(client, { profile, model });
  expect(await of('default', 'unheard-of')).toBe('MODEL_NOT_FOUND');
  expect(await of('frugal', 'fast')).toBe('MODEL_NOT_FOUND');
  expect(await of('frugal', 'not-of-the-account')).toBe('MODEL_NOT_FOUND');
  const made = await client.run(createSession, { input: { profile: 'default', model: 'fast' } });
  expect(made.createSession.session.model).toBe('fast');
});

it('models that the profile names are accepted without an account', async () => {
  const named = { models: ['one'] };
  await using gateway = await startTestGateway({
    env: withoutProvider,
    profiles: { default: {}, named },
  });
  const client = gateway.connect('HTTP');
  const made = await client.run(createSession, { input: { profile: 'named', model: 'one' } });
  expect(made.createSession.session.model).toBe('one');
  expect(await refused(client, { profile: 'named', model: 'two' })).toBe('MODEL_NOT_FOUND');
  const any = await client.run(createSession, { input: { model: 'anything' } });
  expect(any.createSession.session.model).toBe('anything');
});
