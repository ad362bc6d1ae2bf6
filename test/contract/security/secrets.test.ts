import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import { RawSocket } from '../../support/clients/raw-socket.ts';
import {
  connect,
  type Result,
  type Transport,
  transports,
} from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { startGatewayProcess } from '../../support/gateway/gateway-process.ts';
import { prompts, ScriptedModel } from '../../support/models/scripted-model.ts';
import { FakeCopilot } from '../../support/services/fake-copilot.ts';
import { Issuer } from '../../support/services/issuer.ts';

/** Distinct, and each of a form that is its own. */
const secrets = {
  providerKey: 'sk-planted-provider-key-0001',
  serviceAccount: 'github_pat_planted_service_0002',
  bearer: 'ghu_planted_bearer_of_a_viewer_0003',
  strayBearer: 'gho_planted_unknown_bearer_0004',
  sessionToken: 'ghu_planted_token_of_a_session_0005',
  connectionToken: 'planted-connection-token-0006',
  mcpEnvironment: 'planted-mcp-environment-0007',
  mcpHeader: 'planted-mcp-header-0008',
  prompt: 'planted-word-of-a-prompt-0009',
  attachment: 'planted-text-of-an-attachment-0010',
  instructions: 'planted-instructions-0011',
  misplaced: 'planted-in-the-wrong-field-0012',
  ownKey: 'sk-planted-own-key-of-a-client-0013',
  ownBearer: 'planted-own-bearer-of-a-client-0014',
} as const;

/** In the clear, and as base64 at any offset would hold it. */
function leaks(text: string, names: readonly (keyof typeof secrets)[]): string[] {
  const encoded = (secret: string): string => Buffer.from(secret).toString('base64').slice(0, -4);
  return names.filter(
    (name) => text.includes(secrets[name]) || text.includes(encoded(secrets[name])),
  );
}

const all = Object.keys(secrets) as (keyof typeof secrets)[];

const keys = [
  ...(['providerKey', 'serviceAccount', 'bearer', 'strayBearer', 'sessionToken'] as const),
  ...(['connectionToken', 'mcpEnvironment', 'mcpHeader', 'ownKey', 'ownBearer'] as const),
];

async function filesIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1'));
  return (await Promise.all(texts)).join('\n');
}

async function profilesFile(folder: string): Promise<string> {
  const mcpServers = {
    echo: {
      type: 'stdio',
      command: process.execPath,
      args: [
        `--import=${import.meta.resolve('tsx')}`,
        resolve('test/support/models/mcp-server.ts'),
      ],
      env: { ECHO_TOKEN: { env: 'PLANTED_MCP_ENVIRONMENT' } },
    },
    far: {
      type: 'http',
      url: 'http://127.0.0.1:9/mcp',
      headers: { authorization: { env: 'PLANTED_MCP_HEADER' } },
    },
  };
  const profile = { tools: ['builtin:*', 'mcp:echo-say'], mcpServers, allowsOwnProvider: true };
  const file = join(folder, 'profiles.json');
  await writeFile(file, JSON.stringify({ profiles: { default: profile } }));
  return file;
}

/** Of a process and all that it started: what any user of the machine may read. */
async function commandLines(root: number): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const processes = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      const parent = Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2]);
      return { pid: Number(pid), parent, line: line.replaceAll('\0', ' ') };
    }),
  );
  const found = new Set([root]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const { pid, parent } of processes) if (found.has(parent)) found.add(pid);
  }
  return processes.filter(({ pid }) => found.has(pid)).map(({ line }) => line);
}

const create = `mutation ($input: CreateSessionInput!) { createSession(input: $input) { created } }`;
const resume = `mutation ($input: ResumeSessionInput!) { resumeSession(input: $input) { session { id } } }`;
const say = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { finishedTurn(timeoutMs: 15000) { state error { code message } } }
}`;
const status = `{ status { healthy gateway { version } runtimes { id state lastError auth { login message } } } }`;

/** Requests that fail, each with a secret where it does not belong. */
function failing(sessionId: string): [string, Record<string, unknown>][] {
  const { misplaced, prompt, attachment, sessionToken, ownKey, ownBearer } = secrets;
  const provider = { type: 'OPENAI', baseUrl: 'https://models.example', apiKey: ownKey };
  const file = { name: 'a.txt', mimeType: 'text/plain', data: `${attachment}!` };
  return [
    [create, { input: { sessionId: `${misplaced} ` } }],
    [create, { input: { sessionId, gitHubToken: sessionToken } }],
    [create, { input: { profile: misplaced } }],
    [create, { input: { model: 'm', provider: { ...provider, bearerToken: ownBearer } } }],
    [create, { input: { model: 'm', provider: { ...provider, apiKey: `${ownKey} ` } } }],
    [create, { input: { model: 'm', provider: { ...provider, baseUrl: `https://${ownKey}@h` } } }],
    [create, { input: { model: 'm', provider: { ...provider, baseUrl: misplaced } } }],
    [create, { input: { model: 'm', provider: { type: 'OPENAI', apiKey: ownKey } } }],
    [create, { input: { model: 'm', provider: { ...provider, type: misplaced } } }],
    [resume, { input: { sessionId, provider } }],
    [say, { input: { sessionId: 'nowhere', prompt } }],
    [say, { input: { sessionId, prompt: ` `, clientMessageId: misplaced } }],
    [say, { input: { sessionId, prompt, attachments: [file] } }],
    [`{ session(id: "${misplaced}") { id } node(id: "${misplaced}") { id } }`, {}],
    [`{ ${misplaced.replaceAll('-', '_')} }`, {}],
  ];
}

/** The stock client over sockets would try again and again. */
async function answerTo(url: string, transport: Transport, token: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}` };
  if (transport !== 'WebSocket') {
    return connect(transport, { url, headers, openSubscriptions: () => 0 }).execute(status);
  }
  await using socket = await RawSocket.open(url);
  socket.send({ type: 'connection_init', payload: headers });
  return { code: await socket.closed, frames: socket.frames.collected };
}

it('no secret and no content appears in the log, the status or the command line of any process', async () => {
  await using gitHub = await FakeCopilot.start();
  gitHub.accounts.set(secrets.bearer, { id: 7, login: 'alice' });
  await using model = await ScriptedModel.start();
  const folder = await mkdtemp(join(tmpdir(), 'gateway-secrets-'));
  await using gateway = await startGatewayProcess({
    ...(gitHub.authEnv as Record<string, string>),
    ALLOWED_VIEWERS: '7',
    LOG_LEVEL: 'trace',
    PROVIDER_BASE_URL: model.baseUrl,
    PROVIDER_API_KEY: secrets.providerKey,
    PROVIDER_HOSTS: '127.0.0.1',
    MODEL: model.name,
    COPILOT_GITHUB_TOKEN: secrets.serviceAccount,
    COPILOT_CONNECTION_TOKEN: secrets.connectionToken,
    PLANTED_MCP_ENVIRONMENT: secrets.mcpEnvironment,
    PLANTED_MCP_HEADER: secrets.mcpHeader,
    PROFILES_FILE: await profilesFile(folder),
  });
  const url = await gateway.url;
  const headers = { authorization: `Bearer ${secrets.bearer}` };
  const answers: Result<unknown>[] = [];
  const lines: string[] = [];
  for (const transport of transports) {
    const client = connect(transport, { url, headers, openSubscriptions: () => 0 });
    const sessionId = `planted-${transport}`;
    const input = { sessionId, instructions: secrets.instructions };
    expect(await client.execute(create, { input })).toMatchObject({ data: {} });
    const attachments = [
      {
        name: 'a.txt',
        mimeType: 'text/plain',
        data: Buffer.from(secrets.attachment).toString('base64'),
      },
    ];
    for (const prompt of [prompts.short, prompts.refused]) {
      const message = { sessionId, prompt: `${prompt} ${secrets.prompt}`, attachments };
      answers.push(await client.execute(say, { input: message }));
    }
    for (const given of [{ apiKey: secrets.ownKey }, { bearerToken: secrets.ownBearer }]) {
      const own = `own-${transport}-${Object.keys(given).join('')}`;
      const provider = { type: 'OPENAI', baseUrl: model.baseUrl, ...given };
      const inputs = { sessionId: own, provider, model: model.name };
      expect(await client.execute(create, { input: inputs })).toMatchObject({ data: {} });
      for (const prompt of [prompts.short, prompts.unauthorized]) {
        answers.push(await client.execute(say, { input: { sessionId: own, prompt } }));
        answers.push(await client.execute(resume, { input: inputs }));
      }
    }
    lines.push(...(await commandLines(gateway.process.pid ?? 0)));
    answers.push(await client.execute(status));
    for (const [operation, variables] of failing(sessionId)) {
      await client.execute(operation, variables);
    }
    await client[Symbol.asyncDispose]();
    answers.push((await answerTo(url, transport, secrets.strayBearer)) as Result<unknown>);
  }
  gateway.process.kill('SIGTERM');
  await gateway.exit;
  const written = await filesIn(gateway.dataDir);
  await rm(folder, { recursive: true });

  // Two nodes at least: the gateway and its runtime.
  expect(lines.length).toBeGreaterThan(5);
  expect(leaks(lines.join('\n'), all)).toEqual([]);
  expect(gateway.output()).toContain('"audit":"mutation"');
  expect(leaks(gateway.output(), all)).toEqual([]);
  expect(leaks(JSON.stringify(answers), all)).toEqual([]);
  // The journal of a session holds what was said in it, and nothing holds a key.
  expect(leaks(written, ['prompt'])).toEqual(['prompt']);
  expect(leaks(written, keys)).toEqual([]);
}, 90_000);

describe.each(transports)('an error over %s', (transport: Transport) => {
  it('never repeats a secret that was sent in the wrong place', async () => {
    const env = { PROVIDER_API_KEY: secrets.providerKey };
    await using gateway = await startTestGateway({ env });
    const client = gateway.connect(transport);
    await client.run(create, { input: { sessionId: 'planted' } });
    for (const [operation, variables] of failing('planted')) {
      const { errors } = await client.execute(operation, variables);
      // A field that does not exist is named: the parser's word, to the one who wrote it.
      const names = operation.includes('{ planted_') ? [] : all;
      expect([operation, leaks(JSON.stringify(errors ?? []), names)]).toEqual([operation, []]);
    }
  });

  it('does not describe an unexpected error, which the log has under the same id', async () => {
    await using gateway = await startTestGateway({ mayLogErrors: true });
    Object.defineProperty(gateway.services.runtime, 'status', {
      get: () => {
        throw new Error(secrets.misplaced);
      },
    });
    const { errors } = await gateway.connect(transport).execute(status);
    expect(errors).toEqual([
      expect.objectContaining({
        message: 'Unexpected error.',
        extensions: {
          code: 'INTERNAL_SERVER_ERROR',
          retryable: false,
          requestId: expect.any(String) as string,
        },
      }),
    ]);
    const faults = gateway.logs.filter(({ msg }) => msg === 'unexpected error');
    expect(faults).toMatchObject([{ requestId: errors?.[0]?.extensions['requestId'] }]);
  });

  it('about an invalid token does not repeat it', async () => {
    await using issuer = await Issuer.start();
    await using gateway = await startTestGateway({ env: issuer.env });
    const valid = await issuer.createToken();
    const tokens = [
      await issuer.createToken({ exp: 1 }),
      await issuer.createToken({ aud: 'another' }),
      await issuer.forgeToken(),
      `${valid}x`,
      valid.split('.').slice(0, 2).join('.'),
      secrets.misplaced,
    ];
    for (const token of tokens) {
      const answer = await answerTo(gateway.url, transport, token);
      for (const part of token.split('.')) expect(JSON.stringify(answer)).not.toContain(part);
    }
    const client = gateway.connect(transport, { authorization: `Bearer ${valid}` });
    await client.run('{ viewer { id } }');
    const log = JSON.stringify(gateway.logs);
    for (const token of [valid, ...tokens]) {
      for (const part of token.split('.').slice(1)) expect(log).not.toContain(part);
    }
    expect(log).not.toContain(secrets.misplaced);
  });
});

it('a failed start prints no secret', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const env = {
    PROVIDER_BASE_URL: 'http://127.0.0.1:9',
    MODEL: 'a',
    PROVIDER_API_KEY: secrets.providerKey,
    COPILOT_GITHUB_TOKEN: secrets.serviceAccount,
    LOG_LEVEL: 'trace',
  };
  const broken: Record<string, string>[] = [
    { PORT: String((taken.address() as AddressInfo).port) },
    {
      HOST: `${secrets.misplaced} `,
      PORT: secrets.misplaced,
      CLI_URL: secrets.misplaced,
      PROVIDER_BASE_URL: `https://user:${secrets.misplaced}@models.example`,
      AUTH_TOKENS_FILE: secrets.misplaced,
      PROFILES_FILE: secrets.misplaced,
      TRUSTED_DOCUMENTS_FILE: secrets.misplaced,
    },
  ];
  for (const given of broken) {
    await using gateway = await startGatewayProcess({ ...env, ...given });
    expect([given, await gateway.exit]).toEqual([given, 1]);
    await waitUntil(() => gateway.output() !== '', { what: () => 'a word about it' });
    expect([given, leaks(gateway.output(), all)]).toEqual([given, []]);
  }
  taken.close();
}, 90_000);
