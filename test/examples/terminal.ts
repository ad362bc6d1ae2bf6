import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';

import { waitUntil } from '../support/assertions/until.ts';

/** Keys that have no letter. */
export const keys = { enter: '\r', escape: '\u001B', ctrlC: '\u0003' } as const;

/** A program that has a pseudo-terminal, and somebody who types and reads. */
export class Terminal implements AsyncDisposable {
  /** Exit code, once there is one. */
  readonly exit: Promise<number | null>;
  readonly #process: ChildProcessWithoutNullStreams;
  #written = '';
  /** Up to where it has been read. */
  #read = 0;

  constructor(command: string) {
    // script is the pseudo-terminal's owner; a size is what it does not give.
    const sized = `stty cols 200 rows 50 && exec ${command}`;
    this.#process = spawn('script', ['-qefc', sized, '/dev/null'], {
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        TERM: 'xterm',
        SHELL: '/bin/sh',
      },
    });
    this.exit = once(this.#process, 'exit').then(([code]) => code as number | null);
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.#written += text));
    }
  }

  /** All that it ever wrote, without colours and movements. */
  get text(): string {
    return stripVTControlCharacters(this.#written).replaceAll('\r', '');
  }

  /** What was not there when this was last asked for; resolves with all that was written up to it. */
  async shows(words: string): Promise<string> {
    const end = await waitUntil(
      () => {
        const at = this.text.indexOf(words, this.#read);
        return at >= 0 && at + words.length;
      },
      { what: () => `"${words}" in: ${this.text.slice(this.#read)}`, timeoutMs: 15_000 },
    );
    const seen = this.text.slice(this.#read, end);
    this.#read = end;
    return seen;
  }

  type(text: string): void {
    this.#process.stdin.write(text);
  }

  enter(line: string): void {
    this.type(`${line}${keys.enter}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.exit;
  }
}
