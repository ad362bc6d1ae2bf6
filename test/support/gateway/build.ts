import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/**
 * Builds a program into a folder of its own, as `npm run` does. Types are checked by `npm run check`.
 * @param project its `tsconfig` file
 */
export async function build(
  project: string,
): Promise<{ readonly folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-build-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
    await copyFile('package.json', join(folder, 'package.json'));
    const compiler = 'node_modules/typescript/bin/tsc';
    const args = [compiler, '-p', project, '--noCheck', '--outDir', folder];
    await promisify(execFile)(process.execPath, args);
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, [Symbol.asyncDispose]: remove };
}
