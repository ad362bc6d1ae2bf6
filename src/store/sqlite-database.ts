import type Database from 'libsql';
import { z } from 'zod';

type SqlValue = string | number | null;
export type SqlParams = Readonly<Record<string, SqlValue>>;

const versionRow = z.object({ user_version: z.number() });

/** One open database. Each SQL text is prepared once; values are bound by name (`:name`), never by position. */
export class SqliteDatabase {
  readonly #libsql: Database.Database;
  readonly #prepared = new Map<string, Database.Statement<[SqlParams]>>();
  #isClosed = false;

  constructor(database: Database.Database) {
    this.#libsql = database;
  }

  /** Returns the number of changed rows. */
  run(sql: string, params: SqlParams = {}): number {
    return this.#prepare(sql).run(replaceNulCharacters(params)).changes;
  }

  findRow(sql: string, params: SqlParams = {}): unknown {
    return this.#prepare(sql).get(replaceNulCharacters(params));
  }

  listRows(sql: string, params: SqlParams = {}): unknown[] {
    return this.#prepare(sql).all(replaceNulCharacters(params));
  }

  /** Runs several statements without values. */
  executeScript(sql: string): void {
    this.#getOpenDatabase().exec(sql);
  }

  /** All reads in `work` see the same state of the database. */
  runReadTransaction<T>(work: () => T): T {
    return this.#getOpenDatabase().transaction(work).deferred();
  }

  /** Takes the write lock first: a lock taken after a read fails at once if another process has written in between. */
  runWriteTransaction<T>(work: () => T): T {
    return this.#getOpenDatabase().transaction(work).immediate();
  }

  /** Returns how many migrations the file has run. */
  readSchemaVersion(): number {
    return versionRow.parse(this.findRow('pragma user_version')).user_version;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#prepared.clear();
    try {
      // SQLite's own checkpoint on close waits until the prepared statements have been collected.
      this.#libsql.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      this.#libsql.close();
    }
  }

  #getOpenDatabase(): Database.Database {
    // libsql itself still executes statements that were prepared before its close().
    if (this.#isClosed) throw new Error('The session store is closed');
    return this.#libsql;
  }

  #prepare(sql: string): Database.Statement<[SqlParams]> {
    const database = this.#getOpenDatabase();
    let statement = this.#prepared.get(sql);
    if (statement === undefined) {
      statement = database.prepare<[SqlParams]>(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}

/** libsql reads text back only up to its first NUL; with a replacement character nothing is cut off. */
function replaceNulCharacters(params: SqlParams): SqlParams {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value,
    ]),
  );
}

/**
 * Runs synchronous work as a promise. The work is done before the call returns, so that calls take effect in their
 * order; an exception becomes the rejection.
 */
export function runSync<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

/**
 * Returns an insert that does nothing if the session of the row (column `session_id`) does not exist any more.
 *
 * @param insertInto for example `insert or replace into turns`
 */
export function formatSessionInsert(insertInto: string, row: SqlParams): string {
  return `${insertInto} (${formatColumnNames(row)}) select ${formatPlaceholders(row)}
    where exists (select 1 from sessions where id = :session_id)`;
}

/** Returns the names of the columns: `a, b`. */
export function formatColumnNames(row: SqlParams): string {
  return Object.keys(row).join(', ');
}

/** Returns the named placeholders of the columns: `:a, :b`. */
export function formatPlaceholders(row: SqlParams): string {
  return Object.keys(row)
    .map((name) => `:${name}`)
    .join(', ');
}

/** Returns assignments of the placeholders to the columns: `a = :a, b = :b`. */
export function formatAssignments(row: SqlParams): string {
  return Object.keys(row)
    .map((name) => `${name} = :${name}`)
    .join(', ');
}
