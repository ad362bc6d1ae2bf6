import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

import Database from 'libsql';

import { migrate, migrations } from './migrate.ts';
import { SqliteDatabase } from './sqlite-database.ts';

/** Opens the file and brings its schema to the newest version; creates the file if it is missing. */
export function openDatabase(file: string): SqliteDatabase {
  if (file !== ':memory:') createFile(file);
  return connect(file);
}

/** Creates the file and its directory if they are missing, readable by the owner only. SQLite's side files inherit that. */
export function createFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
}

function connect(file: string): SqliteDatabase {
  const connection = new Database(file);
  try {
    // Set first, so that the other statements wait for another process instead of failing.
    connection.pragma('busy_timeout = 5000');
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = NORMAL');
    connection.pragma('foreign_keys = ON');
    const database = new SqliteDatabase(connection);
    migrate(database, migrations);
    return database;
  } catch (error) {
    connection.close();
    throw error;
  }
}
