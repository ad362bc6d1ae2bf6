import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { until } from '../support/clock.ts';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
const RSS_TIMEOUT_MS = 5_000;
const KEPT_CHARACTERS = 10_000;

/** The gateway as `npm start` runs it, that comes back on the same port and data. */
export class KillableGateway implements AsyncDisposable {
  readonly #env: NodeJS.ProcessEnv;
  #process: ChildProcess | undefined;
  #url = '';
  #isListening = false;
  /** The end of its log. */
  #said = '';

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  get url(): string {
    return this.#url;
  }

  async start(): Promise<void> {
    const extension = extname(import.meta.url);
    const main = new URL(`../../src/main${extension}`, import.meta.url);
    const settling = new URL(`settle-on-signal${extension}`, import.meta.url);
    const port = this.#url === '' ? '0' : new URL(this.#url).port;
    const gateway = spawn(process.execPath, ['--import', settling.href, fileURLToPath(main)], {
      env: { ...this.#env, LOG_LEVEL: 'info', PORT: port },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = gateway;
    process.once('exit', () => gateway.kill('SIGKILL'));
    this.#said = '';
    gateway.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#said = this.#said.slice(-KEPT_CHARACTERS) + text;
    });
    const isListening = (): boolean => {
      const [, url] = /listening on (http:\S+graphql)/.exec(this.#said) ?? [];
      if (url !== undefined) this.#url = url;
      return url !== undefined;
    };
    await until(isListening, { what: 'the gateway to listen', timeoutMs: START_TIMEOUT_MS });
    this.#isListening = true;
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

  /** Megabytes, without garbage: V8 keeps as much of that as nobody forbids. */
  async rss(): Promise<number> {
    // The signal would end a process that does not know it yet.
    if (!this.#isListening) throw new Error('the gateway is starting');
    const told = (): RegExpExecArray | null => /settled at (\d+) bytes/.exec(this.#said);
    this.#said = '';
    this.#process?.kill('SIGUSR2');
    await until(() => told() !== null, { what: 'its size', timeoutMs: RSS_TIMEOUT_MS });
    return Number(told()?.[1]) / 2 ** 20;
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
    this.#isListening = false;
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
