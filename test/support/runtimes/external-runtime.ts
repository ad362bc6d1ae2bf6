import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { CopilotClient, RuntimeConnection } from '@github/copilot-sdk';
import { inject, vi } from 'vitest';

const platform = `${process.platform}-${process.arch}`;

/** A runtime that other clients can reach. */
interface ReachableRuntime extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
  /** The settings of a gateway that uses this runtime. */
  readonly env: NodeJS.ProcessEnv;
}

/** The runtime of the SDK as a separate process on its own port, which can be killed and shared. */
export class ExternalRuntime implements ReachableRuntime {
  readonly token = randomUUID();
  readonly #home: string;
  readonly #port: number;
  readonly #ownsHome: boolean;
  /** Kills the runtime when an interrupted run exits without disposal. */
  readonly #onExit = (): void => {
    this.#child?.kill('SIGKILL');
  };
  #child: ChildProcess | undefined;

  static async start(): Promise<ExternalRuntime> {
    const home = await mkdtemp(join(tmpdir(), 'external-runtime-'));
    const runtime = new ExternalRuntime({ home, port: await findFreePort(), ownsHome: true });
    await runtime.start();
    return runtime;
  }

  private constructor(options: { home: string; port: number; ownsHome: boolean }) {
    this.#home = options.home;
    this.#port = options.port;
    this.#ownsHome = options.ownsHome;
    process.once('exit', this.#onExit);
  }

  get url(): string {
    return `127.0.0.1:${this.#port}`;
  }

  get env(): NodeJS.ProcessEnv {
    return createSettings(this);
  }

  /** Starts the runtime, after a kill with the same port and sessions as before. */
  async start(): Promise<void> {
    const args = ['--headless', '--no-auto-update', '--port', `${this.#port}`];
    this.#child = spawn(findRuntimeFile(), args, {
      cwd: this.#home,
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'],
        HOME: this.#home,
        COPILOT_HOME: this.#home,
        COPILOT_CONNECTION_TOKEN: this.token,
      },
    });
    await vi.waitUntil(() => canConnect(this.#port), { timeout: 15_000, interval: 20 });
  }

  /** Starts another process with the same sessions. It must be disposed of before this one. */
  async startSibling(): Promise<ExternalRuntime> {
    const port = await findFreePort();
    const runtime = new ExternalRuntime({ home: this.#home, port, ownsHome: false });
    await runtime.start();
    return runtime;
  }

  /** Suspends or continues the process. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(signal);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    process.off('exit', this.#onExit);
    if (!this.#ownsHome) return;
    await rm(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Returns the runtime of the test project if other clients can connect to it, and starts another one otherwise. */
export async function provideShareableRuntime(): Promise<ReachableRuntime> {
  const runtime = inject('runtime');
  if (runtime.kind === 'bundled') return ExternalRuntime.start();
  return { ...runtime, env: createSettings(runtime), [Symbol.asyncDispose]: async () => {} };
}

function createSettings({
  url,
  token,
}: {
  readonly url: string;
  readonly token: string;
}): NodeJS.ProcessEnv {
  return { CLI_URL: url, COPILOT_CONNECTION_TOKEN: token };
}

/** Connects another SDK client to the runtime. */
export async function startOtherClient({
  url,
  token,
}: ReachableRuntime): Promise<CopilotClient & AsyncDisposable> {
  const connection = RuntimeConnection.forUri(url, { connectionToken: token });
  const client = new CopilotClient({ connection });
  await client.start();
  return Object.assign(client, {
    [Symbol.asyncDispose]: async () => {
      await client.stop();
    },
  });
}

function findRuntimeFile(): string {
  const { resolve } = createRequire(import.meta.url);
  const directory = dirname(resolve(`@github/copilot-sdk-${platform}/package.json`));
  return join(directory, 'prebuilds', platform, 'copilot-runtime');
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
