import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { expect, it } from 'vitest';

import { Collector } from '../support/clients/collector.ts';
import { startTestGateway, type TestGateway } from '../support/gateway/gateway.ts';
import { answers, prompts } from '../support/models/scripted-model.ts';
import { fetchSession } from '../support/operations/sessions.ts';
import { writeAnswer } from '../support/operations/turns.ts';

class Worker implements AsyncDisposable {
  readonly results = new Collector<object>();
  readonly exit: Promise<number | null>;
  readonly #process: ChildProcessWithoutNullStreams;

  /** As `npm run example:worker` runs it. */
  constructor({ url }: TestGateway, ...options: readonly string[]) {
    const args = ['--import=tsx', 'examples/worker/main.ts', '--url', url, ...options];
    this.#process = spawn(process.execPath, args);
    this.exit = once(this.#process, 'exit').then(([code]) => code as number | null);
    createInterface({ input: this.#process.stdout }).on('line', (line) => {
      this.results.push(JSON.parse(line) as object);
    });
  }

  take(...jobs: readonly unknown[]): void {
    for (const job of jobs) this.#process.stdin.write(`${JSON.stringify(job)}\n`);
  }

  noMore(): void {
    this.#process.stdin.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.exit;
  }
}

it('the worker prints the result of each job, disconnects its session, and ends at the end of input', async () => {
  await using gateway = await startTestGateway();
  await using worker = new Worker(gateway);
  worker.take({ id: 'one', prompt: prompts.short }, { id: 'two' });
  worker.take({ id: 'three', prompt: prompts.refused });
  worker.noMore();
  expect(await worker.results.next()).toEqual({
    id: 'one',
    state: 'COMPLETED',
    reply: answers.short,
    error: null,
  });
  expect(await worker.results.next()).toMatchObject({ line: '{"id":"two"}' });
  expect(await worker.results.next()).toMatchObject({
    id: 'three',
    state: 'FAILED',
    error: { code: 'MODEL_ERROR' },
  });
  expect(await worker.exit).toBe(0);
  expect((await fetchSession(gateway.connect('HTTP'), 'job-one')).state).toBe('DISCONNECTED');
});

it('the worker does not run a job twice when it is restarted after a kill', async () => {
  await using gateway = await startTestGateway();
  const held = gateway.model.hold();
  const job = { id: 'mine', prompt: held.prompt };
  const first = new Worker(gateway);
  first.take(job);
  const call = await held.nextCall();
  await first[Symbol.asyncDispose]();

  await using second = new Worker(gateway);
  second.take(job);
  writeAnswer(call, 'Done.');
  const result = { id: 'mine', state: 'COMPLETED', reply: 'Done.', error: null };
  expect(await second.results.next()).toEqual(result);
  second.take(job);
  expect(await second.results.next()).toEqual(result);
  expect(gateway.model.requests).toHaveLength(1);
  expect((await fetchSession(gateway.connect('HTTP'), 'job-mine')).messages.nodes).toHaveLength(2);
});

it('the worker reads jobs from a file and skips jobs that are already done', async () => {
  await using gateway = await startTestGateway();
  const file = join(gateway.dataDir, 'jobs');
  const job = (id: string, prompt: string): string => `${JSON.stringify({ id, prompt })}\n`;
  await writeFile(file, job('one', prompts.short));
  await using first = new Worker(gateway, '--jobs', file);
  expect(await first.results.next()).toMatchObject({ id: 'one', reply: answers.short });
  expect(await first.exit).toBe(0);

  await appendFile(file, job('two', prompts.story));
  await using second = new Worker(gateway, '--jobs', file);
  expect(await second.results.next()).toMatchObject({ id: 'one', reply: answers.short });
  expect(await second.results.next()).toMatchObject({ id: 'two', reply: answers.story });
  expect(await second.exit).toBe(0);
  expect(gateway.model.requests).toHaveLength(2);
});

it('the worker waits for an unavailable gateway', async () => {
  await using gateway = await startTestGateway();
  await using worker = new Worker(gateway);
  worker.take({ id: 'early', prompt: prompts.short });
  await worker.results.next();
  await gateway.stop();
  worker.take({ id: 'late', prompt: prompts.story });
  await gateway.start();
  expect(await worker.results.next()).toMatchObject({ id: 'late', reply: answers.story });
});
