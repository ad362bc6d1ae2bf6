import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Answer, Call, Offer, Usage } from './child.ts';

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

const CALL_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;

export interface StartOptions {
  /** Where it writes what it spent its time on; absent: nowhere. */
  readonly profileTo?: string | undefined;
}

/** @param entry module below `bench/`, without its extension, that calls `answerCalls` */
export async function startChild<O extends Offer<O>>(
  entry: string,
  { profileTo }: StartOptions = {},
): Promise<Child<O>> {
  const extension = extname(import.meta.url);
  const path = fileURLToPath(new URL(`../${entry}${extension}`, import.meta.url));
  const child = new Child<O>(
    entry,
    fork(path, {
      execArgv: profileTo === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileTo}`],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    }),
  );
  await child.ready;
  return child;
}

/** A process of its own, so that what it costs is counted apart. It ends with the one that started it. */
export class Child<O extends Offer<O>> implements AsyncDisposable {
  readonly ready: Promise<unknown>;
  readonly #name: string;
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;
  #said = '';
  #end: string | undefined;

  constructor(name: string, process: ChildProcess) {
    this.#name = name;
    this.#process = process;
    this.ready = this.#answerTo(0);
    process.on('message', (answer: Answer) => {
      this.#take(answer);
    });
    process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-4_000);
    });
    process.on('exit', (code, signal) => {
      this.#end = `${name} ended with ${signal ?? code ?? 'nothing'}: ${this.#said}`;
      for (const { reject } of this.#waiting.values()) reject(new Error(this.#end));
      this.#waiting.clear();
    });
  }

  /** How it ended by itself; undefined while it runs. */
  get end(): string | undefined {
    return this.#end;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  call<K extends keyof O & string>(
    name: K,
    argument: Parameters<O[K]>[0],
    timeoutMs = CALL_TIMEOUT_MS,
  ): Promise<Awaited<ReturnType<O[K]>>> {
    return this.#call(name, argument, timeoutMs) as Promise<Awaited<ReturnType<O[K]>>>;
  }

  usage(options: { readonly settled: boolean } = { settled: false }): Promise<Usage> {
    return this.#call('usage', options, CALL_TIMEOUT_MS) as Promise<Usage>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#end !== undefined) return;
    const exit = once(this.#process, 'exit');
    const kill = setTimeout(() => this.#process.kill('SIGKILL'), STOP_TIMEOUT_MS);
    if (this.#process.connected) this.#process.disconnect();
    await exit;
    clearTimeout(kill);
  }

  async #call(name: string, argument: unknown, timeoutMs: number): Promise<unknown> {
    if (this.#end !== undefined) throw new Error(this.#end);
    const id = ++this.#calls;
    const answer = this.#answerTo(id);
    const call: Call = { id, name, argument };
    this.#process.send(call);
    const timer = setTimeout(() => {
      this.#waiting.get(id)?.reject(new Error(`${this.#name} did not answer to ${name}`));
    }, timeoutMs);
    return answer.finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(id);
    });
  }

  #answerTo(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
  }

  #take(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('error' in answer) waiting?.reject(new Error(`${this.#name}: ${answer.error}`));
    else waiting?.resolve(answer.result);
  }
}
