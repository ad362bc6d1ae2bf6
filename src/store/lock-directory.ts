import { join } from 'node:path';

import Database from 'libsql';

import { createFile } from './open-database.ts';
import { StoreError } from './sqlite-store.ts';

const LOCK_FILE = 'lock.db';

export interface DirectoryLock {
  release(): void;
}

/**
 * Takes a folder, made where missing, for this process alone. However the process ends, the operating
 * system lets go of the lock: SQLite's is one on the file, not the file itself.
 *
 * @throws DirectoryError when another process has it, or when it cannot be locked
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
    ? 'another gateway uses this folder; end it, or set DATA_DIR to another one'
    : `the folder cannot be locked (${code ?? message})`;
}
