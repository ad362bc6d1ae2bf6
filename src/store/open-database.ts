import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

import Database from 'libsql';

import { migrate, migrations } from './migrate.ts';
import { SqliteDatabase } from './sqlite-database.ts';

/** Opens the file, made where missing, and brings it to the newest version. */
export function openDatabase(file: string): SqliteDatabase {
  if (file !== ':memory:') createFile(file);
  return connect(file);
}

/** With its folder, where missing; for its owner alone. SQLite gives its side files the same permissions. */
export function createFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
}

function connect(file: string): SqliteDatabase {
  const database = new Database(file);
  try {
    // First, so that the others wait for another process instead of failing.
    database.pragma('busy_timeout = 5000');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    const statements = new SqliteDatabase(database);
    migrate(statements, migrations);
    return statements;
  } catch (error) {
    database.close();
    throw error;
  }
}
