import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { findBrowser } from '../support/environment/browser.ts';
import { findOnPath, requireProgram } from '../support/environment/system-package.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'programs-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function writeProgram(path: string, exitCode = 0): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\nexit ${exitCode}\n`);
  await chmod(file, 0o755);
  return file;
}

describe('the browser of the browser tests', () => {
  it('is the one that CHROME_PATH names, wherever it is', async () => {
    const chrome = await writeProgram('elsewhere/my-chrome');
    const other = await writeProgram('path-a/chromium');
    expect(await findBrowser({ CHROME_PATH: chrome, PATH: dirname(other) })).toBe(chrome);
  });

  it('is never another one when CHROME_PATH names none', async () => {
    const other = await writeProgram('path-b/chromium');
    await expect(
      findBrowser({ CHROME_PATH: '/nowhere/chrome', PATH: dirname(other) }),
    ).rejects.toThrow('CHROME_PATH: /nowhere/chrome is not an executable of Chrome or Chromium.');
  });

  it('is found by its usual names on PATH, without those that do not run', async () => {
    const broken = await writeProgram('path-c/google-chrome', 1);
    const good = await writeProgram('path-d/chromium-browser');
    expect(await findBrowser({ PATH: `${dirname(broken)}:${dirname(good)}` })).toBe(good);
  });
});

describe('a program that the tests start', () => {
  it('is looked up on PATH', async () => {
    const program = await writeProgram('path-e/tool');
    expect(findOnPath(['tool'], { PATH: `/nowhere:${dirname(program)}` })).toBe(program);
    expect(findOnPath(['tool'], { PATH: '/nowhere' })).toBeUndefined();
  });

  it('that cannot be installed is named in one line, with the package that contains it', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    try {
      const required = requireProgram({ name: 'tool', debianPackage: 'tools' });
      await expect(required).rejects.toThrow(
        'These tests need the program tool: install it (Debian and Ubuntu: apt-get install tools).',
      );
    } finally {
      process.env['PATH'] = path;
    }
  });
});
