import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { graphql } from '../../generated/operations/gql.ts';
import { transports } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import {
  createSession,
  createTestSession,
  deleteSession,
  fetchSession,
} from '../../support/operations/sessions.ts';
import { ask, sendMessage } from '../../support/operations/turns.ts';
import { provideShareableRuntime } from '../../support/runtimes/external-runtime.ts';

const listProfiles = graphql(`
  query ListProfiles {
    profiles {
      name
      description
      defaultModel
      tools
      allowsOwnProvider
      allowsCloud
      allowsRemote
    }
  }
`);

const profiles = {
  default: {},
  reader: {
    description: 'Reads files.',
    models: ['small', 'large'],
    tools: ['builtin:view', 'builtin:grep'],
    systemMessage: { content: 'You only read.' },
    allowsCloud: true,
    allowsRemote: true,
  },
  plain: { systemMessage: { mode: 'replace', content: 'You are terse.' } },
};

const mcpServer = join(import.meta.dirname, '../../support/models/mcp-server.ts');

/** What the model was told last. */
function heard(gateway: TestGateway): { tools: string[]; system: string; model: string } {
  const request = gateway.model.requests.at(-1);
  return {
    tools: request?.tools?.map((tool) => tool.function.name) ?? [],
    system: String(request?.messages[0]?.content),
    model: request?.model ?? '',
  };
}

describe.each(transports)('over %s', (transport) => {
  it('`profiles` returns what sessions may use, without secrets or connection details', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect(transport);
    const { profiles: shown } = await client.run(listProfiles);
    expect(shown).toEqual([
      {
        name: 'default',
        description: null,
        defaultModel: gateway.model.name,
        tools: [],
        allowsOwnProvider: false,
        allowsCloud: false,
        allowsRemote: false,
      },
      {
        name: 'reader',
        description: 'Reads files.',
        defaultModel: 'small',
        tools: ['builtin:view', 'builtin:grep'],
        allowsOwnProvider: false,
        allowsCloud: true,
        allowsRemote: true,
      },
      expect.objectContaining({ name: 'plain' }),
    ]);
  });

  it('a session uses the model, tools and system message of its profile', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client, {
      profile: 'reader',
      instructions: 'Answer in French.',
    });
    await ask(client, sessionId, prompts.short);
    expect(heard(gateway).model).toBe('small');
    expect(heard(gateway).tools.toSorted()).toEqual(['grep', 'view']);
    expect(heard(gateway).system).toContain('You only read.\n\nAnswer in French.');
    expect(heard(gateway).system.length).toBeGreaterThan(1000);

    const other = await createTestSession(gateway, client);
    await ask(client, other, prompts.short);
    expect(heard(gateway)).toMatchObject({ tools: [], model: gateway.model.name });
    expect(heard(gateway).system).not.toContain('You only read.');
  });
});

describe('a session of a profile', () => {
  it('keeps its settings after a restart and uses the current profiles file', async () => {
    const changing = { ...profiles };
    await using gateway = await startTestGateway({ profiles: changing });
    const client = gateway.connect('HTTP');
    const sessionId = await createTestSession(gateway, client, {
      profile: 'plain',
      instructions: 'Rhyme.',
    });
    await ask(client, sessionId, prompts.short);
    expect(heard(gateway)).toMatchObject({ tools: [], system: 'You are terse.\n\nRhyme.' });

    changing.plain = { ...profiles.plain, tools: ['builtin:view'] } as typeof profiles.plain;
    await gateway.restart();
    await ask(gateway.connect('HTTP'), sessionId, prompts.short);
    expect(heard(gateway)).toMatchObject({ tools: ['view'], system: 'You are terse.\n\nRhyme.' });
  });

  it('can be read and deleted but not used when its profile was removed', async () => {
    const changing: Record<string, object> = { ...profiles };
    await using gateway = await startTestGateway({ profiles: changing });
    const sessionId = await createTestSession(gateway, gateway.connect('HTTP'), {
      profile: 'reader',
    });
    await ask(gateway.connect('HTTP'), sessionId, prompts.short);
    delete changing['reader'];
    await gateway.restart();

    const client = gateway.connect('HTTP');
    const session = await fetchSession(client, sessionId);
    expect(session.messages.nodes).toHaveLength(2);
    const { errors } = await client.execute(sendMessage, {
      input: { sessionId, prompt: prompts.short },
    });
    expect(errors).toMatchObject([{ extensions: { code: 'POLICY_BLOCKED', retryable: false } }]);
    await client.run(deleteSession, { input: { sessionId } });
    const missing = { sessionId: gateway.createSessionId(), profile: 'reader' };
    const refused = await client.execute(createSession, { input: missing });
    expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

it('without a profiles file, a gateway that is not local-only offers no host tools', async () => {
  await using gateway = await startTestGateway({ env: { HOST: '0.0.0.0', ALLOW_INSECURE: '1' } });
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client);
  await ask(client, sessionId, prompts.short);
  expect(heard(gateway).tools).toEqual(['ask_user']);
});

it('the tools of an MCP server that the profile allows are offered and called', async () => {
  const echo = {
    type: 'stdio',
    command: process.execPath,
    args: [`--import=${import.meta.resolve('tsx')}`, mcpServer],
    env: { ECHO_TOKEN: { env: 'TOKEN_OF_ECHO' } },
  };
  const speaker = {
    tools: ['mcp:echo-say'],
    mcpServers: { echo },
    permissions: { mode: 'reject', allow: ['MCP'] },
  };
  await using gateway = await startTestGateway({
    profiles: { default: speaker, mute: { ...speaker, permissions: { mode: 'reject' } } },
    env: { TOKEN_OF_ECHO: 'a secret' },
  });
  const client = gateway.connect('HTTP');
  const call = async (profile: string): Promise<string> => {
    const sessionId = await createTestSession(gateway, client, { profile });
    const held = gateway.model.hold();
    const turn = ask(client, sessionId, held.prompt);
    (await held.nextCall()).callTool('echo-say', { text: 'Good morning' });
    const next = await held.nextCall();
    next.write('Said.');
    next.finish();
    expect(await turn).toMatchObject({ state: 'COMPLETED' });
    expect(heard(gateway).tools).toEqual(['echo-say']);
    return String(gateway.model.requests.at(-1)?.messages.at(-1)?.content);
  };
  expect(await call('default')).toBe('say: Good morning (a secret)');
  expect(await call('mute')).toContain('Rejected by the policy of this server');
});

it('a shared runtime tells the model nothing about its host', async () => {
  await using runtime = await provideShareableRuntime();
  await using shared = await startTestGateway({ env: runtime.env });
  const client = shared.connect('HTTP');
  await ask(client, await createTestSession(shared, client), prompts.short);
  expect(heard(shared).system).not.toContain('environment_context');
  expect(heard(shared).tools).toContain('bash');

  await using open = await startTestGateway({ env: { HOST: '0.0.0.0', ALLOW_INSECURE: '1' } });
  const other = open.connect('HTTP');
  await ask(other, await createTestSession(open, other), prompts.short);
  expect(heard(open).system).not.toContain('environment_context');
});
