import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

import { build } from '../support/gateway/build.ts';
import { seed } from './fault-run.ts';

const SECONDS = 40;
const TIMEOUT_MS = 180_000;

it(
  `no text is torn while readers join and leave, connections drop and processes are killed, in ${SECONDS} s of the soak`,
  { timeout: TIMEOUT_MS },
  async () => {
    await using built = await build('bench/tsconfig.json');
    const program = join(built.directory, 'bench/main.js');
    const args = ['soak', '--soak', String(SECONDS), '--seed', String(seed), '--dry'];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, ...args], {
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });

    console.log(stderr, stdout);
    expect(stdout).toMatch(/\| gateway kills +\| +5 \|/);
    expect(stdout).toMatch(/\| runtime kills +\| +10 \|/);
    expect(stdout).toMatch(/\| +0 errors in [1-9]\d* reads \| yes \|/);
    expect(stdout).toMatch(/\| +0\.00 open \| yes \|/);
    expect(stdout).toMatch(/\| +exit code 0 \| yes \|/);
  },
);
