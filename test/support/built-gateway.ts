import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import type { TestProject } from 'vitest/node';

/**
 * Builds the gateway that tests start as a process of its own: as `npm start` does, and in a third of the time that
 * the sources take. Types are checked by `npm run check`.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-build-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
    await copyFile('package.json', join(folder, 'package.json'));
    await promisify(execFile)(process.execPath, [
      ...['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
      ...['--noCheck', '--outDir', folder],
    ]);
  } catch (error) {
    await remove();
    throw error;
  }
  project.provide('gatewayProgram', join(folder, 'src/main.js'));
  return remove;
}
