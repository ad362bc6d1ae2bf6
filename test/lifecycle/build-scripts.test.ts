import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let project: string;

/** A project with the real scripts and a source of one line. */
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'build-scripts-'));
  await cp('scripts', join(project, 'scripts'), { recursive: true });
  for (const file of ['package.json', 'tsconfig.json', 'tsconfig.build.json'])
    await cp(file, join(project, file));
  await mkdir(join(project, 'src'));
  await writeFile(join(project, 'src/main.ts'), 'console.log("started");\n');
});
afterEach(() => rm(project, { recursive: true }));

const install = () => symlink(resolve('node_modules'), join(project, 'node_modules'));

async function run(script: string, ...args: string[]) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((done) => {
    const child = execFile(
      process.execPath,
      [join(project, 'scripts', script), ...args],
      (_error, stdout, stderr) => {
        done({ code: child.exitCode, stdout, stderr });
      },
    );
  });
}

describe('npm start', () => {
  it('says in one line what to run when nothing is built', async () => {
    expect(await run('start.js')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'run npm run build first\n',
    });
  });
});

describe('npm run build', () => {
  it('clears what an earlier build left, and npm start runs the result', async () => {
    await install();
    await mkdir(join(project, 'dist/src'), { recursive: true });
    await writeFile(join(project, 'dist/src/moved.js'), '');
    expect(await run('build.js')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(existsSync(join(project, 'dist/src/moved.js'))).toBe(false);
    expect(await run('start.js')).toEqual({ code: 0, stdout: 'started\n', stderr: '' });
  });

  it('fails with one line where TypeScript is not installed', async () => {
    expect(await run('build.js')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'build: TypeScript is not installed, so nothing is built and dist is empty\n',
    });
  });
});

describe('the prepare script', () => {
  it('builds at the end of npm ci', async () => {
    await install();
    expect(await run('build.js', '--prepare')).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(join(project, 'dist/src/main.js'))).toBe(true);
  });

  it('does not break npm ci --omit=dev, and leaves what is built', async () => {
    await mkdir(join(project, 'dist/src'), { recursive: true });
    await writeFile(join(project, 'dist/src/main.js'), '');
    expect(await run('build.js', '--prepare')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'build: TypeScript is not installed, so nothing is built and dist stays as it is\n',
    });
    expect(existsSync(join(project, 'dist/src/main.js'))).toBe(true);
  });
});
