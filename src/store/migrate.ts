import { initial } from './migrations/001-initial.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** The SQL that leads from version n to n + 1 is at index n. Append only: existing files have run the others. */
export const migrations: readonly string[] = [initial];

/**
 * Brings the database to the newest version, each step in a transaction of its own. Throws when a newer version of
 * the gateway has written the database.
 */
export function migrate(database: SqliteDatabase, migrations: readonly string[]): void {
  let version = -1;
  while (version !== migrations.length) version = runNextMigration(database, migrations);
}

/** Returns the version after the step. Reads it under the write lock, so that only one of two processes takes a step. */
function runNextMigration(database: SqliteDatabase, migrations: readonly string[]): number {
  return database.runWriteTransaction(() => {
    const version = database.readSchemaVersion();
    if (version > migrations.length) {
      const versions = `schema ${version}, known up to ${migrations.length}`;
      throw new Error(`written by a newer version of the gateway (${versions})`);
    }
    const sql = migrations[version];
    if (sql === undefined) return version;
    database.executeScript(`${sql}; pragma user_version = ${version + 1};`);
    return version + 1;
  });
}
