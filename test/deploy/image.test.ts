import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { waitUntil } from '../support/assertions/until.ts';
import { ScriptedModel } from '../support/models/scripted-model.ts';
import { allowedBy, build, copiedFromContext, type Image, instructionsOf } from './dockerfile.ts';
import { outside } from './dockerfile.ts';

const run = promisify(execFile);
const BUILD_MS = 15 * 60_000;
const instructions = instructionsOf(readFileSync('Dockerfile', 'utf8'));

let target: string;
let image: Image;

beforeAll(async () => {
  target = await mkdtemp(join(tmpdir(), 'gateway-image-'));
  image = await build(instructions, { context: process.cwd(), target });
}, BUILD_MS);

afterAll(async () => {
  await rm(target, { recursive: true, force: true });
});

/** As the engine would, on this machine: `/data` is where the image has it. */
function start(env: Record<string, string>): { process: ChildProcess; output: () => string } {
  const [program = '', ...args] = image.command;
  const process_ = spawn(program, args, {
    cwd: join(image.root, image.workdir),
    env: { ...outside(), ...image.env, DATA_DIR: join(image.root, '/data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [process_.stdout, process_.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return { process: process_, output: () => output };
}

function healthCommandOfCompose(port: string): readonly string[] {
  const compose = parse(readFileSync('deploy/compose.yaml', 'utf8')) as {
    services: { gateway: { healthcheck: { test: string[] } } };
  };
  const [, ...command] = compose.services.gateway.healthcheck.test;
  return command.map((word) => word.replace('127.0.0.1:4000', `127.0.0.1:${port}`));
}

describe('the image that the Dockerfile builds', () => {
  it('starts, becomes ready, passes its health checks and executes an operation', async () => {
    await using model = await ScriptedModel.start();
    const gateway = start({
      HOST: '127.0.0.1',
      PORT: '0',
      PROVIDER_BASE_URL: model.baseUrl,
      MODEL: model.name,
    });
    try {
      const url = await waitUntil(
        () => /listening on (http:\S+graphql)/.exec(gateway.output())?.[1],
        {
          what: () => `the gateway to listen; it said: ${gateway.output()}`,
          timeoutMs: 60_000,
        },
      );
      await waitUntil(async () => (await fetch(new URL('/ready', url))).status === 200, {
        what: () => `it to be ready; it said: ${gateway.output()}`,
        timeoutMs: 60_000,
      });
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: `mutation {
            createSession(input: { sessionId: "first" }) { created }
            sendMessage(input: { sessionId: "first", prompt: "Say hello" }) {
              finishedTurn { state reply { content } }
            }
          }`,
        }),
      });
      expect(await response.json()).toEqual({
        data: {
          createSession: { created: true },
          sendMessage: { finishedTurn: { state: 'COMPLETED', reply: { content: 'Hello.' } } },
        },
      });
      const { port } = new URL(url);
      for (const command of [image.healthCommand, healthCommandOfCompose(port)]) {
        const [program = '', ...args] = command;
        await run(program, args, { env: { ...outside(), PORT: port } });
        const elsewhere = args.map((word) => word.replace(port, '1'));
        const dead = run(program, elsewhere, { env: { ...outside(), PORT: '1' } });
        await expect(dead).rejects.toThrow();
      }
    } finally {
      gateway.process.kill('SIGTERM');
      if (gateway.process.exitCode === null) await once(gateway.process, 'exit');
    }
    expect(gateway.process.exitCode).toBe(0);
  }, 180_000);

  it('requires an explicit setting to serve callers without authentication', async () => {
    const gateway = start({ PORT: '0' });
    const said = readText(gateway.process.stderr!);
    expect((await once(gateway.process, 'exit'))[0]).toBe(1);
    expect(await said).toMatch(/^HOST: .*AUTH=none/);
  });

  it('contains only what it needs at run time and does not run as root', () => {
    const app = join(image.root, image.workdir);
    for (const name of ['src', 'test', 'tsconfig.json', 'node_modules/typescript', '.npmrc'])
      expect(existsSync(join(app, name)), name).toBe(false);
    expect(image.user).toBe('node');
    expect(existsSync(join(image.root, image.env['DATA_DIR']!, 'workspaces'))).toBe(true);
  });

  it('has a build context that contains only what the Dockerfile copies', () => {
    const allowed = allowedBy(readFileSync('.dockerignore', 'utf8'));
    expect(allowed.sort()).toEqual(copiedFromContext(instructions).sort());
  });
});
