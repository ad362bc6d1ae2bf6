import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/**
 * Builds a program into a temporary directory. Types are checked by `npm run check`.
 * @param project the `tsconfig` file of the program
 */
export async function build(
  project: string,
): Promise<{ readonly directory: string } & AsyncDisposable> {
  const directory = await mkdtemp(join(tmpdir(), 'gateway-build-'));
  const remove = (): Promise<void> => rm(directory, { recursive: true, force: true });
  try {
    await symlink(resolve('node_modules'), join(directory, 'node_modules'));
    await copyFile('package.json', join(directory, 'package.json'));
    const compiler = 'node_modules/typescript/bin/tsc';
    const args = [compiler, '-p', project, '--noCheck', '--outDir', directory];
    await promisify(execFile)(process.execPath, args);
  } catch (error) {
    await remove();
    throw error;
  }
  return { directory, [Symbol.asyncDispose]: remove };
}
