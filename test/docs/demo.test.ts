import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

import { waitUntil } from '../support/assertions/until.ts';
import { isRunning } from '../support/gateway/gateway-process.ts';

interface DemoProcess extends AsyncDisposable {
  readonly process: ChildProcess;
  /** Exit code, once there is one. */
  readonly exit: Promise<number | null>;
  /** All that it printed so far. */
  output(): string;
  /** Resolves when it says how to use it, with the command that it prints. */
  ready(): Promise<string>;
}

/** The demo as its own process, as `npm run demo` runs it. */
async function startDemo(env: Record<string, string> = {}): Promise<DemoProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'demo-'));
  const demo = spawn(process.execPath, ['--import=tsx', 'demo/main.ts'], {
    env: { PATH: process.env['PATH'], HOME: dataDir, PORT: '0', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [demo.stdout, demo.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const exit = once(demo, 'exit').then(([code]) => code as number | null);
  return {
    process: demo,
    exit,
    output: () => output,
    ready: () =>
      waitUntil(() => output.includes('Ctrl-C ends it') && /^curl .*$/m.exec(output)?.[0], {
        what: () => `the demo to be ready; it said: ${output}`,
        timeoutMs: 30_000,
      }),
    async [Symbol.asyncDispose]() {
      demo.kill('SIGKILL');
      await exit;
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function childrenOf({ pid }: ChildProcess): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.trim().split(' ').filter(Boolean).map(Number);
}

it('the printed curl command returns a finished turn', async () => {
  await using demo = await startDemo();
  const command = await demo.ready();
  const { stdout } = await promisify(execFile)('bash', ['-c', command]);
  expect(JSON.parse(stdout)).toEqual({
    data: {
      createSession: { session: { id: 'from-curl' } },
      sendMessage: {
        finishedTurn: {
          state: 'COMPLETED',
          reply: {
            content: expect.stringMatching(/^A gateway stood .* went on reading\.$/) as string,
          },
        },
      },
    },
  });
  expect(demo.output()).not.toContain('"level"');
});

it('the demo ends within 10 s of SIGINT with exit code 0 and leaves no process', async () => {
  await using demo = await startDemo();
  await demo.ready();
  const children = await childrenOf(demo.process);
  expect(children).not.toEqual([]);
  const asked = performance.now();
  demo.process.kill('SIGINT');
  expect(await demo.exit).toBe(0);
  expect(performance.now() - asked).toBeLessThan(10_000);
  await waitUntil(() => !children.some(isRunning), { what: () => 'its processes to end' });
});

it('the demo ends with one line that names PORT when the port is in use', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  await using demo = await startDemo({ PORT: String((other.address() as AddressInfo).port) });
  expect(await demo.exit).toBe(1);
  expect(demo.output()).toMatch(/^PORT: .*\n$/);
  other.close();
});
