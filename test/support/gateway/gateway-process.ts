import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { inject } from 'vitest';

import { waitUntil } from '../assertions/until.ts';

/** Generous, because many test files start a gateway at the same time. */
const START_MS = 30_000;

export interface GatewayProcess extends AsyncDisposable {
  readonly process: ChildProcess;
  readonly dataDir: string;
  /** The URL of the GraphQL endpoint. Resolves when the log reports that the gateway listens. */
  readonly url: Promise<string>;
  /** The exit code. Resolves when the process has ended. */
  readonly exit: Promise<number | null>;
  /** Returns everything that the process has printed so far. */
  output(): string;
  /** Returns the ids of the runtime processes that the gateway has started. */
  runtimes(): Promise<number[]>;
}

/** Starts the gateway as a separate process, like `npm start`. */
export async function startGatewayProcess(
  env: Record<string, string> = {},
): Promise<GatewayProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gateway-process-'));
  const process_ = spawn(process.execPath, [inject('gatewayProgram')], {
    env: { PATH: process.env['PATH'], HOME: dataDir, PORT: '0', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [process_.stdout, process_.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const exit = once(process_, 'exit').then(([code]) => code as number | null);
  const url = waitUntil(() => /listening on (http:\S+graphql)/.exec(output)?.[1], {
    what: () => `the gateway to listen; its output: ${output}`,
    timeoutMs: START_MS,
  });
  url.catch(() => undefined);
  return {
    process: process_,
    dataDir,
    url,
    exit,
    output: () => output,
    runtimes: () => listChildren(process_.pid ?? 0),
    async [Symbol.asyncDispose]() {
      process_.kill('SIGKILL');
      await exit;
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function listChildren(pid: number): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.trim().split(' ').filter(Boolean).map(Number);
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
