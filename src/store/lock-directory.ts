import { join } from 'node:path';

import Database from 'libsql';

import { createFile } from './open-database.ts';
import { StoreError } from './store-error.ts';

const LOCK_FILE = 'lock.db';

export interface DirectoryLock {
  release(): void;
}

/**
 * Locks a directory for this process; creates it if it is missing. The operating system releases the lock however
 * the process ends, because SQLite locks a file rather than creating one.
 *
 * @throws {StoreError} when another process has the lock, or when the directory cannot be locked
 */
export function lockDirectory(directory: string): DirectoryLock {
  try {
    const file = join(directory, LOCK_FILE);
    createFile(file);
    return lockFile(file);
  } catch (error) {
    throw new StoreError(`DATA_DIR: ${describeProblem(error)}`, { cause: error });
  }
}

function lockFile(file: string): DirectoryLock {
  const database = new Database(file);
  try {
    database.exec('begin exclusive');
    return {
      release: () => {
        database.close();
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function describeProblem(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'SQLITE_BUSY'
    ? 'another gateway uses this directory; stop it, or set DATA_DIR to another directory'
    : `the directory cannot be locked (${code ?? message})`;
}
