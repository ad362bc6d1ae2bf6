import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

import { CopilotClient, RuntimeConnection } from '@github/copilot-sdk';

const installTimeoutMs = 5 * 60_000;
const startTimeoutMs = 60_000;
const stopTimeoutMs = 5_000;

interface CliProcess {
  readonly version: string;
  readonly child: ChildProcess;
  readonly stderr: () => string;
}

export interface RunningCli {
  /** `host:port` */
  readonly url: string;
  readonly token: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a version of the Copilot CLI with its own home directory. Each version is downloaded once.
 * @param place the port and token of an earlier process, to replace it
 * @param env additional variables; nothing else is inherited, so that no credential of the developer reaches the CLI
 */
export async function startCliVersion(
  version: string,
  env: NodeJS.ProcessEnv = {},
  place?: { readonly port: number; readonly token: string },
): Promise<RunningCli> {
  const entry = await findEntry(version);
  const home = await mkdtemp(join(tmpdir(), 'copilot-cli-home-'));
  const { port, token } = place ?? { port: await findFreePort(), token: randomUUID() };
  const cli = start(entry, { version, home, port, token, env });

  // An interrupted run exits without a teardown.
  const onExit = (): void => {
    signalGroup(cli.child, 'SIGKILL');
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', onExit);
  const stopAll = async (): Promise<void> => {
    await stop(cli.child);
    // From here on the system may assign the process id to another process.
    process.off('exit', onExit);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  const url = `127.0.0.1:${port}`;
  try {
    await waitUntilListening(cli, port);
    await assertVersion(version, url, token);
  } catch (error) {
    await stopAll();
    throw error;
  }
  return { url, token, stop: stopAll };
}

function getCacheDirectory(version: string): string {
  return join(tmpdir(), `copilot-graphql-gateway-cli-${version}`);
}

async function findEntry(version: string): Promise<string> {
  const packageFolder = join(getCacheDirectory(version), 'node_modules/@github/copilot');
  if (!existsSync(packageFolder)) await install(version);
  const manifest = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as {
    readonly bin: { readonly copilot: string };
  };
  return join(packageFolder, manifest.bin.copilot);
}

/** Installs beside the cache directory and renames, so that no other run finds an incomplete package. */
async function install(version: string): Promise<void> {
  const cacheFolder = getCacheDirectory(version);
  const unfinished = await mkdtemp(`${cacheFolder}-`);
  try {
    await promisify(execFile)(
      'npm',
      [
        ...['install', '--prefix', unfinished, '--no-audit', '--no-fund', '--ignore-scripts'],
        `@github/copilot@${version}`,
      ],
      { cwd: unfinished, timeout: installTimeoutMs },
    );
    await rename(unfinished, cacheFolder).catch((error: unknown) => {
      // Another run has installed the same version in the meantime.
      if (!existsSync(cacheFolder)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return address.port;
}

interface StartOptions {
  readonly version: string;
  readonly home: string;
  readonly port: number;
  readonly token: string;
  readonly env: NodeJS.ProcessEnv;
}

function start(entry: string, { version, home, port, token, env }: StartOptions): CliProcess {
  const args = [entry, '--headless', '--no-auto-update', '--port', `${port}`];
  const child = spawn(process.execPath, args, {
    // The entry of the package starts the CLI as its child and forwards no signal. A process
    // group stops both together.
    detached: true,
    cwd: home,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      COPILOT_HOME: home,
      COPILOT_CACHE_HOME: join(getCacheDirectory(version), 'unpacked'),
      ...env,
      COPILOT_CONNECTION_TOKEN: token,
    },
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-16_384);
  });
  child.on('error', (error) => {
    stderr += error.message;
  });
  return { version, child, stderr: () => stderr };
}

async function waitUntilListening(cli: CliProcess, port: number): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (!(await canConnect(port))) {
    const ended = cli.child.exitCode ?? cli.child.signalCode;
    if (ended !== null) {
      throw new Error(`Copilot CLI ${cli.version} ended with ${ended} at start:\n${cli.stderr()}`);
    }
    if (Date.now() > deadline) {
      throw new Error(
        `Copilot CLI ${cli.version} does not listen after ${startTimeoutMs} ms:\n${cli.stderr()}`,
      );
    }
    await delay(50);
  }
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function assertVersion(version: string, url: string, connectionToken: string): Promise<void> {
  const client = new CopilotClient({
    connection: RuntimeConnection.forUri(url, { connectionToken }),
  });
  try {
    await client.start();
    const status = await client.getStatus();
    if (status.version !== version) {
      throw new Error(`asked for Copilot CLI ${version}, got ${status.version}`);
    }
  } finally {
    await client.stop();
  }
}

async function stop(child: ChildProcess): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const deadline = Date.now() + stopTimeoutMs;
  while (signalGroup(child, 0)) {
    if (Date.now() > deadline) signalGroup(child, 'SIGKILL');
    await delay(20);
  }
}

/** Returns false when no process of the group is left. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.kill(-child.pid, signal);
  } catch {
    return false;
  }
}
