import { initial } from './migrations/001-initial.ts';
import { positions } from './migrations/002-positions.ts';
import { sends } from './migrations/003-sends.ts';
import { recorded } from './migrations/004-recorded.ts';
import { sendTurns } from './migrations/005-send-turns.ts';
import { usage } from './migrations/006-usage.ts';
import { owner } from './migrations/007-owner.ts';
import { workingDirectory } from './migrations/008-working-directory.ts';
import { requests } from './migrations/009-requests.ts';
import { gitHubAccount } from './migrations/010-github-account.ts';
import { clientTools } from './migrations/011-client-tools.ts';
import { countedCalls } from './migrations/012-counted-calls.ts';
import { ownProvider } from './migrations/013-own-provider.ts';
import { remote } from './migrations/014-remote.ts';
import { cloud } from './migrations/015-cloud.ts';
import { remoteMode } from './migrations/016-remote-mode.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/**
 * The SQL that leads from version n to n + 1 is at index n. Append only: files in use have run the
 * others.
 */
export const migrations: readonly string[] = [
  initial,
  positions,
  sends,
  recorded,
  sendTurns,
  usage,
  owner,
  workingDirectory,
  requests,
  gitHubAccount,
  clientTools,
  countedCalls,
  ownProvider,
  remote,
  remoteMode,
  cloud,
];

/**
 * Brings the database to the newest version, each step in its own transaction; throws when it is
 * newer still.
 */
export function migrate(database: SqliteDatabase, migrations: readonly string[]): void {
  let version = -1;
  while (version !== migrations.length) version = runNextMigration(database, migrations);
}

/**
 * The version reached. It is read under the write lock, so that of two processes only one takes the
 * step.
 */
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
