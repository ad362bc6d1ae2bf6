import type Database from 'libsql';
import { z } from 'zod';

type SqlValue = string | number | null;
export type SqlParams = Readonly<Record<string, SqlValue>>;

const versionRow = z.object({ user_version: z.number() });

/** One open database. Each SQL text is prepared once; values are bound by name (`:name`). */
export class SqliteDatabase {
  readonly #libsql: Database.Database;
  readonly #prepared = new Map<string, Database.Statement<[SqlParams]>>();
  #isClosed = false;

  constructor(database: Database.Database) {
    this.#libsql = database;
  }

  /** The number of rows that changed. */
  run(sql: string, params: SqlParams = {}): number {
    return this.#prepare(sql).run(replaceNulCharacters(params)).changes;
  }

  findRow(sql: string, params: SqlParams = {}): unknown {
    return this.#prepare(sql).get(replaceNulCharacters(params));
  }

  listRows(sql: string, params: SqlParams = {}): unknown[] {
    return this.#prepare(sql).all(replaceNulCharacters(params));
  }

  /** Several statements at once, without values. */
  executeScript(sql: string): void {
    this.#getOpenDatabase().exec(sql);
  }

  /** All reads in `work` see the same state. */
  runReadTransaction<T>(work: () => T): T {
    return this.#getOpenDatabase().transaction(work).deferred();
  }

  /**
   * Takes the write lock first: a lock taken after a read fails at once when another process has
   * written between.
   */
  runWriteTransaction<T>(work: () => T): T {
    return this.#getOpenDatabase().transaction(work).immediate();
  }

  /** How many migrations the file has been through. */
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
    // libsql itself goes on serving statements that were prepared before its close().
    if (this.#isClosed) throw new Error('The session directory is closed');
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

/**
 * libsql reads a text back only up to its first NUL: a replacement character shows what was there,
 * a cut does not.
 */
function replaceNulCharacters(params: SqlParams): SqlParams {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value,
    ]),
  );
}

/** Of a row's columns, for its insertion: `a, b`. */
export function formatColumnNames(row: SqlParams): string {
  return Object.keys(row).join(', ');
}

/** `:a, :b` */
export function formatPlaceholders(row: SqlParams): string {
  return Object.keys(row)
    .map((name) => `:${name}`)
    .join(', ');
}

/** `a = :a, b = :b` */
export function formatAssignments(row: SqlParams): string {
  return Object.keys(row)
    .map((name) => `${name} = :${name}`)
    .join(', ');
}
