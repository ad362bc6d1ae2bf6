import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it, test } from 'vitest';

import { type Config, ConfigError, loadConfig } from '../../src/config/config.ts';

const directory = mkdtempSync(join(tmpdir(), 'profiles-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

function load(text: string, env: NodeJS.ProcessEnv = {}): Config {
  const file = join(directory, 'profiles.json');
  writeFileSync(file, text);
  return loadConfig({ ...env, PROFILES_FILE: file });
}

function readProblem(text: string, env: NodeJS.ProcessEnv = {}): string {
  try {
    load(text, env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error('the file was accepted');
}

const file = (profile: object): string => JSON.stringify({ profiles: { default: profile } });

test('an empty profile offers no tools, asks for permission, and gives each session a fresh directory', () => {
  expect(load(file({})).profiles?.['default']).toEqual({
    tools: [],
    mcpServers: {},
    workingDirectory: 'fresh',
    permissions: { mode: 'ask', allow: [] },
    requestTimeout: 600_000,
    allowsOwnProvider: false,
    allowsCloud: false,
    allowsRemote: false,
  });
});

describe('a secret', () => {
  const provider = { baseUrl: 'https://models.example/v1', apiKey: { env: 'MODELS_KEY' } };
  const docs = { type: 'stdio', command: 'docs', env: { DOCS_TOKEN: { env: 'DOCS' }, LEVEL: '1' } };
  const profile = { provider, defaultModel: 'm', tools: ['mcp:*'], mcpServers: { docs } };

  it('is read from the environment, and is not in the environment of the runtime', () => {
    const config = load(file(profile), { MODELS_KEY: 'planted', DOCS: 'planted-too', OTHER: 'x' });
    expect(config.profiles?.['default']).toMatchObject({
      provider: { apiKey: 'planted' },
      mcpServers: { docs: { env: { DOCS_TOKEN: 'planted-too', LEVEL: '1' } } },
    });
    expect(config.runtime).toMatchObject({ environment: { OTHER: 'x' } });
    expect(JSON.stringify(config.runtime)).not.toContain('planted');
  });

  it('is required: a missing variable is rejected', () => {
    expect(readProblem(file(profile), { DOCS: 'x' })).toBe(
      'PROFILES_FILE: profiles.default.provider.apiKey: the environment variable MODELS_KEY is not set',
    );
    expect(readProblem(file(profile), { MODELS_KEY: 'x' })).toBe(
      'PROFILES_FILE: profiles.default.mcpServers.docs.env.DOCS_TOKEN: the environment variable DOCS is not set',
    );
  });

  it('is rejected in the file itself, and not repeated in the message', () => {
    const written = { ...profile, provider: { ...provider, apiKey: 'planted' } };
    const message = readProblem(file(written), { DOCS: 'x' });
    expect(message).toContain('PROFILES_FILE: profiles.default.provider.apiKey: ');
    expect(message).not.toContain('planted');
    const server = {
      type: 'http',
      url: 'https://mcp.example',
      headers: { 'X-Api-Key': 'planted' },
    };
    expect(readProblem(file({ tools: ['mcp:*'], mcpServers: { server } }))).toBe(
      'PROFILES_FILE: profiles.default.mcpServers.server.headers.X-Api-Key: must be a reference such as { "env": "NAME" }',
    );
  });
});

const provider = { baseUrl: 'https://models.example/v1' };
const server = { type: 'stdio', command: 'x' };

test.each([
  ['{ "profiles": ', 'the file is not JSON'],
  ['[]', 'Invalid input: expected object, received array'],
  ['{ "profiles": {} }', 'profiles: must contain a profile named default'],
  ['{ "profiles": { "default": {}, "a b": {} } }', 'profiles.a b: Invalid key in record'],
  [file({ tool: [] }), 'profiles.default: Unrecognized key: "tool"'],
  [
    file({ tools: ['builtin:view', 'bash'] }),
    'profiles.default.tools[1]: must be builtin:, mcp: or custom: and a tool name or *',
  ],
  [
    file({ permissions: { mode: 'allow' } }),
    'profiles.default.permissions.mode: Invalid option: expected one of "ask"|"reject"',
  ],
  [
    file({ models: [{ name: 'm', efforts: [] }] }),
    'profiles.default.models[0]: Unrecognized key: "efforts"',
  ],
  [
    file({ workingDirectory: { shared: 'here' } }),
    'profiles.default.workingDirectory.shared: must be an absolute path',
  ],
  [file({ provider }), 'profiles.default.models: required with provider'],
  [
    file({ models: ['a', 'b'], defaultModel: 'c' }),
    'profiles.default.defaultModel: must be one of models',
  ],
  [
    file({ mcpServers: { server } }),
    'profiles.default.mcpServers: no tool of these servers can be used: tools has no mcp: pattern',
  ],
  [
    file({ tools: ['mcp:other-say'], mcpServers: { server } }),
    'profiles.default.tools: mcp: patterns must be mcp:* or mcp:<server>-<tool> with the name of one of mcpServers',
  ],
])('%s is rejected', (text, problem) => {
  expect(readProblem(text)).toBe(`PROFILES_FILE: ${problem}`);
});

test('one line names all problems', () => {
  const message = readProblem(file({ tools: ['x'], requestTimeout: 'soon' }), { PORT: 'x' });
  expect(message).toMatch(
    /^PORT: .*; PROFILES_FILE: profiles\.default\.tools\[0\]: .*, .*Timeout: /,
  );
  expect(message).not.toContain('\n');
});

test('a file that cannot be read is rejected', () => {
  expect(() => loadConfig({ PROFILES_FILE: join(directory, 'none.json') })).toThrow(
    'PROFILES_FILE: the file cannot be read',
  );
});

test('the example of the documentation is valid', () => {
  const page = readFileSync('docs/profiles.md', 'utf8');
  const example = /```json\n([^]*?)```/.exec(page)?.[1] ?? '';
  const variables = [...example.matchAll(/"env": "(\w+)"/g)].map(([, name]) => [name, 'x']);
  const { profiles } = load(example, Object.fromEntries(variables) as NodeJS.ProcessEnv);
  expect(Object.keys(profiles ?? {})).toContain('default');
});

describe('a shared directory', () => {
  const missing = file({ workingDirectory: { shared: join(directory, 'missing') } });

  it('is rejected if it does not exist', () => {
    expect(readProblem(missing)).toBe(
      'PROFILES_FILE: profiles.default.workingDirectory.shared: the directory does not exist',
    );
  });

  it('is accepted if it exists, or if CLI_URL puts it on another machine', () => {
    expect(load(file({ workingDirectory: { shared: directory } })).profiles).not.toBeNull();
    expect(load(missing, { CLI_URL: 'cli.example:4321' }).profiles).not.toBeNull();
  });
});
