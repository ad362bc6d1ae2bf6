import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { until } from '../support/clock.ts';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
const PAGE = 4_096;

/** The gateway as `npm start` runs it, that comes back on the same port and data. */
export class KillableGateway implements AsyncDisposable {
  readonly #env: NodeJS.ProcessEnv;
  #process: ChildProcess | undefined;
  #url = '';

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  get url(): string {
    return this.#url;
  }

  async start(): Promise<void> {
    const main = new URL(`../../src/main${extname(import.meta.url)}`, import.meta.url);
    const port = this.#url === '' ? '0' : new URL(this.#url).port;
    const gateway = spawn(process.execPath, [fileURLToPath(main)], {
      env: { ...this.#env, LOG_LEVEL: 'info', PORT: port },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = gateway;
    process.once('exit', () => gateway.kill('SIGKILL'));
    let said = '';
    gateway.stdout.setEncoding('utf8').on('data', (text: string) => {
      said = said.slice(-1_000) + text;
    });
    const isListening = (): boolean => {
      const [, url] = /listening on (http:\S+graphql)/.exec(said) ?? [];
      if (url !== undefined) this.#url = url;
      return url !== undefined;
    };
    await until(isListening, { what: 'the gateway to listen', timeoutMs: START_TIMEOUT_MS });
  }

  /** It cannot say goodbye to anyone, and comes back. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
    await this.start();
  }

  /** Its runtime alone. */
  async killRuntime(): Promise<void> {
    const pid = this.#process?.pid ?? 0;
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
    for (const child of children.trim().split(' ').filter(Boolean)) {
      process.kill(Number(child), 'SIGKILL');
    }
  }

  /** Megabytes. */
  async rss(): Promise<number> {
    const statm = await readFile(`/proc/${this.#process?.pid ?? 0}/statm`, 'utf8');
    return (Number(statm.split(' ')[1]) * PAGE) / 2 ** 20;
  }

  /** @returns the exit code; null: it had to be killed */
  stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const gateway = this.#process;
    this.#process = undefined;
    if (!gateway) return null;
    if (gateway.exitCode !== null || gateway.signalCode !== null) return gateway.exitCode;
    const exit = once(gateway, 'exit') as Promise<[number | null]>;
    gateway.kill(signal);
    const kill = setTimeout(() => gateway.kill('SIGKILL'), STOP_TIMEOUT_MS);
    const [code] = await exit;
    clearTimeout(kill);
    return code;
  }
}
