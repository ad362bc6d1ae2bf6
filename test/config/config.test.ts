import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { ConfigError, loadConfig } from '../../src/config/config.ts';
import { settings, unavailableSettings } from '../../src/config/settings.ts';

type Env = Readonly<Record<string, string>>;

const provider = { PROVIDER_BASE_URL: 'https://models.example/v1', MODEL: 'some-model' };

const noProviderDetails = { bearerToken: null, wireApi: null, azureApiVersion: null };

function readProblem(env: Env): string {
  try {
    loadConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error('the settings were accepted');
}

test('the defaults serve this machine only', () => {
  const dataDir = resolve('.copilot-gateway');
  expect(loadConfig({})).toEqual({
    http: {
      host: '127.0.0.1',
      isLoopback: true,
      port: 4000,
      allowedOrigins: [],
      graphiql: true,
      introspection: true,
      trustedDocuments: { mode: 'off', documents: new Map() },
      isAuthDisabled: true,
      maxBodyBytes: 12_582_912,
      stallTimeoutMs: 30_000,
      maxSocketMessageBytes: 1_048_576,
      socketInitTimeoutMs: 10_000,
      trustedProxyCount: 0,
    },
    auth: { kind: 'none' },
    limits: {
      document: {
        tokens: 2000,
        depth: 16,
        aliases: 30,
        rootFields: 10,
        cost: 25_000,
        variableValues: 1000,
      },
      operationTimeoutMs: 60_000,
      maxStreamMs: 43_200_000,
      viewer: unlimited,
      ip: unlimited,
      sessionsPerViewer: null,
    },
    runtime: {
      kind: 'bundled',
      home: join(dataDir, 'runtime'),
      workspace: join(dataDir, 'workspace'),
      gitHubToken: null,
      environment: {},
      isLocalOnly: true,
      connectionToken: null,
      callTimeoutMs: 30_000,
      pingIntervalMs: 2000,
      pingTimeoutMs: 5000,
      provider: null,
      models: [],
      ownProviderHosts: null,
    },
    profiles: null,
    dataDir,
    storeFile: join(dataDir, 'directory.db'),
    sessions: {
      idleDisconnectMs: 600_000,
      syncIntervalMs: 300_000,
      cleanup: null,
      logAgeMs: 3_600_000,
      promptBytes: 262_144,
      attachmentBytes: 8_388_608,
      turnStallMs: 120_000,
      cloudStartMs: 60_000,
      logBytes: 8_388_608,
      messageBytes: 4_194_304,
    },
    logLevel: 'info',
  });
});

test('an empty variable counts as not set, also one that is not available', () => {
  const names = [...settings.map(({ name }) => name), ...unavailableSettings, 'LIMIT_OTHER'];
  const empty = Object.fromEntries(names.map((name) => [name, '']));
  expect(loadConfig(empty)).toEqual(loadConfig({}));
});

test('other variables change only the environment of the runtime', () => {
  const others = { PATH: '/bin', HOSTNAME: 'x', NODE_ENV: 'test' };
  const config = loadConfig(others);
  const { runtime, ...rest } = loadConfig({});
  expect(config).toEqual({ ...rest, runtime: { ...runtime, environment: others } });
});

test('the environment of the runtime contains no key and no token', () => {
  const { runtime } = loadConfig({
    COPILOT_GITHUB_TOKEN: 'planted',
    GITHUB_TOKEN: 'planted',
    GH_TOKEN: 'planted',
    PROVIDER_BASE_URL: 'http://127.0.0.1:1/v1',
    PROVIDER_API_KEY: 'planted',
    MODEL: 'm',
    HTTPS_PROXY: 'http://proxy',
  });
  expect(runtime).toMatchObject({ environment: { HTTPS_PROXY: 'http://proxy' } });
  expect(JSON.stringify('environment' in runtime && runtime.environment)).not.toContain('planted');
});

test('every documented default is valid, and has the effect of the default', () => {
  const describedDefaults = ['-', 'same origin', 'DATA_DIR/runtime', 'on with AUTH=none'];
  const written = settings.filter(
    ({ default: value }) =>
      !describedDefaults.includes(value) && !value.endsWith('off with AUTH=none'),
  );
  const env = Object.fromEntries(written.map((setting) => [setting.name, setting.default]));
  delete env['PROVIDER_TYPE'];
  expect(loadConfig(env)).toEqual(loadConfig({}));
});

const limitNames = {
  LIMIT_SOCKET_MESSAGE_BYTES: '10',
  LIMIT_SOCKET_INIT: '11ms',
  LIMIT_QUERY_TOKENS: '12',
  LIMIT_QUERY_DEPTH: '13',
  LIMIT_QUERY_ALIASES: '14',
  LIMIT_QUERY_ROOT_FIELDS: '15',
  LIMIT_QUERY_COST: '16',
  LIMIT_VARIABLE_VALUES: '17',
  LIMIT_OPERATION_TIME: '18ms',
  LIMIT_STREAM_TIME: 'off',
  LIMIT_SOCKETS: '19',
  LIMIT_SOCKETS_PER_IP: '20',
  LIMIT_SUBSCRIPTIONS: '21',
  LIMIT_SUBSCRIPTIONS_PER_IP: '22',
  LIMIT_TURNS: '23',
  LIMIT_TURNS_PER_IP: '24',
  LIMIT_OPERATION_RATE: '25',
  LIMIT_OPERATION_RATE_PER_IP: '26',
  LIMIT_PROMPT_RATE: '27',
  LIMIT_PROMPT_RATE_PER_IP: '28',
  LIMIT_SESSION_RATE: '29',
  LIMIT_SESSION_RATE_PER_IP: '30',
  LIMIT_SESSIONS: 'off',
};

const setLimits = {
  document: { tokens: 12, depth: 13, aliases: 14, rootFields: 15, cost: 16, variableValues: 17 },
  operationTimeoutMs: 18,
  maxStreamMs: null,
  viewer: {
    sockets: 19,
    subscriptions: 21,
    turns: 23,
    operationsPerSecond: 25,
    promptBytesPerMinute: 27,
    sessionsPerHour: 29,
  },
  ip: {
    sockets: 20,
    subscriptions: 22,
    turns: 24,
    operationsPerSecond: 26,
    promptBytesPerMinute: 28,
    sessionsPerHour: 30,
  },
  sessionsPerViewer: null,
};

const unlimited = {
  sockets: null,
  subscriptions: null,
  turns: null,
  operationsPerSecond: null,
  promptBytesPerMinute: null,
  sessionsPerHour: null,
};

test('limits per caller are on with authentication, and off with AUTH=none', () => {
  const { limits } = loadConfig({});
  expect(limits).toMatchObject({ viewer: unlimited, ip: unlimited, sessionsPerViewer: null });
  const env = { AUTH: 'github', ALLOWED_VIEWERS: '*', LIMIT_TURNS: 'off' };
  expect(loadConfig(env).limits).toMatchObject({
    viewer: { sockets: 20, subscriptions: 100, turns: null, operationsPerSecond: 50 },
    ip: { sockets: 100, subscriptions: 500, turns: 100, operationsPerSecond: 200 },
    sessionsPerViewer: 1000,
  });
});

test('every setting has its place in the configuration', () => {
  const config = loadConfig({
    HOST: '0.0.0.0',
    PORT: '0',
    ALLOW_INSECURE: '1',
    ALLOWED_ORIGINS: 'https://App.example:443, http://localhost:5173/',
    GRAPHIQL: 'off',
    DATA_DIR: 'some/data',
    COPILOT_HOME: '/srv/home',
    COPILOT_GITHUB_TOKEN: 'token-1',
    COPILOT_CONNECTION_TOKEN: 'token-2',
    ...provider,
    PROVIDER_TYPE: 'azure',
    PROVIDER_API_KEY: 'key',
    PROVIDER_HOSTS: 'Models.Example, *.azure.example,10.0.0.5:8443,[0:0::1]:11434',
    LIMIT_PROMPT_BYTES: '1',
    LIMIT_ATTACHMENT_BYTES: '4',
    LIMIT_BODY_BYTES: '2',
    LIMIT_STALLED_CLIENT: '7s',
    ...limitNames,
    TRUST_PROXY: '2',
    TURN_STALL_TIMEOUT: '3m',
    LIMIT_LOG_BYTES: '3',
    LIMIT_MESSAGE_BYTES: '4',
    RUNTIME_CALL_TIMEOUT: '500ms',
    RUNTIME_PING_INTERVAL: '1m',
    RUNTIME_PING_TIMEOUT: '1h',
    SESSION_IDLE_DISCONNECT: 'off',
    SESSION_TTL: '30d',
    SESSION_CLEANUP_INTERVAL: '1h',
    SESSION_CLEANUP_DRY_RUN: '1',
    LIMIT_CLEANUP_SESSIONS: '5',
    LOG_LEVEL: 'silent',
  });
  expect(config).toEqual({
    http: {
      host: '0.0.0.0',
      isLoopback: false,
      port: 0,
      allowedOrigins: ['https://app.example', 'http://localhost:5173'],
      graphiql: false,
      introspection: false,
      trustedDocuments: { mode: 'off', documents: new Map() },
      isAuthDisabled: true,
      maxBodyBytes: 2,
      stallTimeoutMs: 7000,
      maxSocketMessageBytes: 10,
      socketInitTimeoutMs: 11,
      trustedProxyCount: 2,
    },
    auth: { kind: 'none' },
    limits: setLimits,
    runtime: {
      kind: 'bundled',
      home: resolve('/srv/home'),
      workspace: resolve('some/data/workspace'),
      gitHubToken: 'token-1',
      environment: {},
      isLocalOnly: false,
      connectionToken: 'token-2',
      callTimeoutMs: 500,
      pingIntervalMs: 60_000,
      pingTimeoutMs: 3_600_000,
      provider: {
        ...noProviderDetails,
        type: 'azure',
        baseUrl: 'https://models.example/v1',
        apiKey: 'key',
      },
      models: ['some-model'],
      ownProviderHosts: [
        { host: 'models.example', port: null, isWildcard: false },
        { host: 'azure.example', port: null, isWildcard: true },
        { host: '10.0.0.5', port: '8443', isWildcard: false },
        { host: '[::1]', port: '11434', isWildcard: false },
      ],
    },
    profiles: null,
    dataDir: resolve('some/data'),
    storeFile: resolve('some/data/directory.db'),
    sessions: {
      cleanup: { ttlMs: 2_592_000_000, intervalMs: 3_600_000, sweepSize: 5, dryRun: true },
      idleDisconnectMs: null,
      syncIntervalMs: 300_000,
      logAgeMs: 3_600_000,
      turnStallMs: 180_000,
      cloudStartMs: 60_000,
      promptBytes: 1,
      attachmentBytes: 4,
      logBytes: 3,
      messageBytes: 4,
    },
    logLevel: 'silent',
  });
});

test('an external runtime has a URL and none of the properties of the bundled one', () => {
  const { runtime } = loadConfig({
    CLI_URL: 'copilot.internal:4321',
    COPILOT_CONNECTION_TOKEN: 't',
  });
  expect(runtime).toMatchObject({
    kind: 'external',
    url: 'copilot.internal:4321',
    connectionToken: 't',
  });
  expect(runtime).not.toHaveProperty('home');
  expect(loadConfig({ CLI_URL: '[::1]:4321' }).runtime).toMatchObject({ url: '[::1]:4321' });
});

test('the default type of a provider is openai', () => {
  expect(loadConfig(provider).runtime.provider).toEqual({
    ...noProviderDetails,
    type: 'openai',
    baseUrl: 'https://models.example/v1',
    apiKey: null,
  });
});

test('MODEL without a provider is one model of the GitHub account', () => {
  expect(loadConfig({ MODEL: 'm' }).runtime).toMatchObject({ provider: null, models: ['m'] });
  expect(readProblem({ MODEL: 'm,n' })).toBe('MODEL: more than one needs PROVIDER_BASE_URL');
  expect(loadConfig({ ...provider, MODEL: 'm, n' }).runtime.models).toEqual(['m', 'n']);
});

test('the configuration is frozen', () => {
  const config = loadConfig(provider);
  for (const part of [config, config.http, config.http.allowedOrigins, config.runtime.provider]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
});

describe('HOST', () => {
  test.for(['127.0.0.1', '127.8.9.1', '::1', '0:0:0:0:0:0:0:1', 'localhost', 'LocalHost'])(
    '%s is a loopback address',
    (host) => {
      expect(loadConfig({ HOST: host }).http).toMatchObject({ host, isLoopback: true });
    },
  );

  test.for([
    '0.0.0.0',
    '::',
    '192.168.1.1',
    '10.0.0.1',
    'gateway.internal',
    '127.0.0.1.example',
    '127.1',
  ])('%s needs ALLOW_INSECURE with AUTH=none', (host) => {
    expect(readProblem({ HOST: host })).toMatch(/^HOST: .*AUTH=none.*ALLOW_INSECURE=1/);
    expect(readProblem({ HOST: host, ALLOW_INSECURE: '0' })).toMatch(/^HOST: /);
    const { http } = loadConfig({ HOST: host, ALLOW_INSECURE: '1' });
    expect(http).toMatchObject({ host, isLoopback: false });
  });
});

describe('a malformed setting is rejected with its name', () => {
  const cases: [name: string, ...values: string[]][] = [
    ['HOST', 'a b', 'http://localhost', '-', '[::1]', 'localhost:4000', ' '],
    ['PORT', '65536', '-1', '4000.5', 'http', ' 80', '0x50', '1e3'],
    [
      'CLI_URL',
      'localhost',
      'http://localhost:1',
      ':4321',
      'localhost:',
      'h:0',
      'h:65536',
      '::1:43',
      '[h]:1',
    ],
    ['PROVIDER_TYPE', 'OpenAI', 'bedrock'],
    [
      'PROVIDER_BASE_URL',
      'models.example',
      'ftp://models.example',
      'https://u:p@models.example',
      'http://',
    ],
    [
      'PROVIDER_HOSTS',
      '*',
      'https://models.example',
      'models.example/v1',
      'a b',
      'h:65536',
      '*.10.0.0.1',
      '::1',
      '300.1.1.1',
      'h,',
    ],
    ['AUTH', 'None', 'off', 'toString'],
    ['JWT_ALGORITHMS', 'none', 'HS256', 'RS256,', 'rs256'],
    ['JWT_LEEWAY', '30'],
    ['JWKS_MAX_AGE', 'off'],
    ['JWKS_COOLDOWN', 'off'],
    ['GITHUB_API_URL', 'api.github.com'],
    ['GITHUB_CACHE', 'off'],
    ['ALLOW_INSECURE', 'true', 'yes', '2'],
    [
      'ALLOWED_ORIGINS',
      '*',
      'app.example',
      'https://a.example/path',
      'https://a.example,',
      'null',
      'file:///x',
      'https://a.example,ws://b.example',
    ],
    ['SESSION_TTL', '30', '0d', '-1d', '10000d', 'never', '1.5d', '600h', 'Off'],
    ['SESSION_CLEANUP_INTERVAL', 'off', '0s'],
    ['SESSION_CLEANUP_DRY_RUN', 'on', 'true'],
    ['LIMIT_CLEANUP_SESSIONS', '0', '-1', 'off'],
    ['SESSION_IDLE_DISCONNECT', '10', '10 m', '-1s', '0s', '1d', 'never', '1.5h', '600h'],
    ['GRAPHIQL', 'true', '1'],
    ['INTROSPECTION', 'true', 'warn'],
    ['TRUSTED_DOCUMENTS', 'on', 'Enforce'],
    ['LOG_LEVEL', 'verbose', 'INFO'],
    ['LIMIT_PROMPT_BYTES', '0', '1k', '-1', '1.5', '99999999999999999999'],
    ['LIMIT_BODY_BYTES', 'x'],
    ['LIMIT_LOG_BYTES', 'x'],
    ['LIMIT_MESSAGE_BYTES', '0'],
    ['LIMIT_QUERY_DEPTH', '0', 'off', '1.5'],
    ['LIMIT_SOCKETS', '0', 'none', '-1'],
    ['LIMIT_STREAM_TIME', '0s', 'never'],
    ['TRUST_PROXY', '-1', '17', 'yes'],
    ['RUNTIME_CALL_TIMEOUT', 'off', '0ms', '30'],
    ['RUNTIME_PING_INTERVAL', 'off'],
    ['RUNTIME_PING_TIMEOUT', 'off'],
  ];

  test.for(
    cases.flatMap(([name, ...values]) => values.map((value): [string, string] => [name, value])),
  )('%s=%s', ([name, value]) => {
    const message = readProblem({ ...provider, [name]: value });
    expect(message).toMatch(new RegExp(`^${name}: `));
    expect(message).not.toMatch(/\n|; /);
  });
});

describe('a setting of another version is rejected with its name', () => {
  test.for([...unavailableSettings, 'LIMIT_OTHERS', 'LIMIT_'])('%s', (name) => {
    expect(readProblem({ [name]: 'x' })).toBe(`${name}: not available in this version`);
  });
});

describe('contradicting settings are rejected', () => {
  const cases: [names: string, env: Env][] = [
    ['COPILOT_HOME CLI_URL', { CLI_URL: 'h:1', COPILOT_HOME: '/srv' }],
    ['COPILOT_GITHUB_TOKEN CLI_URL', { CLI_URL: 'h:1', COPILOT_GITHUB_TOKEN: 't' }],
    ['MODEL PROVIDER_BASE_URL', { PROVIDER_BASE_URL: 'http://localhost:1' }],
    ['PROVIDER_TYPE PROVIDER_BASE_URL', { PROVIDER_TYPE: 'azure', MODEL: 'm' }],
    ['PROVIDER_API_KEY PROVIDER_BASE_URL', { PROVIDER_API_KEY: 'k', MODEL: 'm' }],
    ['AUTH_TOKENS_FILE AUTH=tokens', { AUTH: 'tokens' }],
    ['JWT_ISSUER AUTH=jwt', { AUTH: 'jwt', JWT_AUDIENCE: 'a' }],
    ['JWT_AUDIENCE AUTH=jwt', { AUTH: 'jwt', JWT_ISSUER: 'https://i.example' }],
    ['ALLOWED_VIEWERS AUTH=github', { AUTH: 'github' }],
    ['JWT_ISSUER AUTH=jwt', { JWT_ISSUER: 'https://i.example' }],
    ['OPERATORS AUTH=jwt github', { OPERATORS: 'olga' }],
    ['TRUSTED_DOCUMENTS_FILE TRUSTED_DOCUMENTS=enforce', { TRUSTED_DOCUMENTS: 'enforce' }],
  ];

  test.for(cases)('%s', ([names, env]) => {
    const message = readProblem(env);
    expect(message.startsWith(names.split(' ')[0]!)).toBe(true);
    for (const name of names.split(' ')) expect(message).toContain(name);
  });
});

describe('with AUTH=tokens', () => {
  const sha256 = 'ab'.repeat(32);
  const directory = mkdtempSync(join(tmpdir(), 'gateway-config-'));
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });
  const withFile = (content: string): Env => {
    const file = join(directory, 'tokens.json');
    writeFileSync(file, content);
    return { AUTH: 'tokens', AUTH_TOKENS_FILE: file };
  };

  test('the file defines the viewers, and HOST may be any address', () => {
    const entries = [
      { sha256: sha256.toUpperCase(), viewer: 'alice', name: 'Alice', roles: ['user'] },
      { sha256: 'cd'.repeat(32), viewer: 'olga', roles: ['user', 'operator'] },
    ];
    const config = loadConfig({ ...withFile(JSON.stringify(entries)), HOST: '0.0.0.0' });
    expect(config.auth).toEqual({
      kind: 'tokens',
      tokens: [
        { ...entries[0], sha256 },
        { ...entries[1], name: null },
      ],
    });
    expect(config.http).toMatchObject({ isAuthDisabled: false, graphiql: false });
  });

  const token = { sha256, viewer: 'alice', roles: ['user'] };
  test.for([
    'nothing',
    '[]',
    '{}',
    JSON.stringify([token, token]),
    JSON.stringify([{ ...token, sha256: 'the token itself' }]),
    JSON.stringify([{ ...token, viewer: '' }]),
    JSON.stringify([{ ...token, viewer: 'a:b' }]),
    JSON.stringify([{ ...token, roles: [] }]),
    JSON.stringify([{ ...token, roles: ['admin'] }]),
    JSON.stringify([{ ...token, secret: 'x' }]),
  ])('the file %s is rejected', (content) => {
    const message = readProblem(withFile(content));
    expect(message).toMatch(/^AUTH_TOKENS_FILE: must be the path of/);
    expect(message).not.toContain(directory);
  });

  test('a missing file is rejected', () => {
    expect(readProblem({ AUTH: 'tokens', AUTH_TOKENS_FILE: '/no/such/file' })).toMatch(
      /^AUTH_TOKENS_FILE: /,
    );
  });
});

test('AUTH=github and AUTH=jwt have their settings in the configuration', () => {
  const gitHub = { AUTH: 'github', ALLOWED_VIEWERS: '1, 2', OPERATORS: '2' };
  expect(loadConfig(gitHub).auth).toEqual({
    kind: 'github',
    apiUrl: 'https://api.github.com',
    cacheMs: 60_000,
    allowed: ['1', '2'],
    operators: ['2'],
  });
  expect(loadConfig({ ...gitHub, ALLOWED_VIEWERS: '*' }).auth).toMatchObject({ allowed: null });
  const jwt = { AUTH: 'jwt', JWT_ISSUER: 'https://i.example/', JWT_AUDIENCE: 'a' };
  expect(loadConfig({ ...jwt, JWT_ALGORITHMS: 'ES256, EdDSA' }).auth).toEqual({
    kind: 'jwt',
    issuer: 'https://i.example/',
    audience: 'a',
    jwksUrl: null,
    algorithms: ['ES256', 'EdDSA'],
    leewayMs: 30_000,
    keysMaxAgeMs: 600_000,
    keysCooldownMs: 30_000,
    allowed: null,
    operators: [],
  });
});

test('one line names every wrong setting', () => {
  const message = readProblem({ PORT: 'x', GRAPHIQL: 'x', METRICS_PORT: '1' });
  for (const name of ['PORT: ', 'GRAPHIQL: ', 'METRICS_PORT: ']) expect(message).toContain(name);
  expect(message).not.toContain('\n');
});

test('no message contains a value', () => {
  const planted = 'planted\nsecret';
  const names = [...settings.map(({ name }) => name), ...unavailableSettings, 'LIMIT_OTHER'];
  for (const name of names) {
    const env = { CLI_URL: 'h:1', PORT: 'x', [name]: planted };
    expect(readProblem(env)).not.toMatch(/planted|secret|\n/);
  }
  const secrets = {
    COPILOT_CONNECTION_TOKEN: 'planted-1',
    COPILOT_GITHUB_TOKEN: 'planted-2',
    PROVIDER_API_KEY: 'planted-3',
    PROVIDER_BASE_URL: 'https://planted-4:planted-5@models.example',
  };
  expect(readProblem({ ...secrets, CLI_URL: 'h:1' })).not.toContain('planted');
  expect(readProblem({ ...secrets, PROVIDER_BASE_URL: 'http://h', CLI_URL: 'h:1' })).not.toContain(
    'planted',
  );
});

describe('the list of settings', () => {
  test('has a unique name, a default and a description of one line for each', () => {
    const names = settings.map(({ name }) => name);
    expect(new Set([...names, ...unavailableSettings]).size).toBe(
      names.length + unavailableSettings.length,
    );
    for (const setting of settings) {
      expect(setting.name).toMatch(/^[A-Z_]+$/);
      expect(setting.default).toMatch(/^[^\n|]+$/);
      expect(setting.description).toMatch(/^[^\n|]+$/);
    }
  });
});
