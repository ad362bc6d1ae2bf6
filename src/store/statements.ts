import type Database from 'libsql';
import { z } from 'zod';

type Value = string | number | null;
export type Params = Readonly<Record<string, Value>>;

const versionRow = z.object({ user_version: z.number() });

/** One open database. Each SQL text is prepared once; values are bound by name (`:name`). */
export class Statements {
  readonly #database: Database.Database;
  readonly #prepared = new Map<string, Database.Statement<[Params]>>();
  #closed = false;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** The number of rows that changed. */
  run(sql: string, params: Params = {}): number {
    return this.#prepare(sql).run(bindable(params)).changes;
  }

  first(sql: string, params: Params = {}): unknown {
    return this.#prepare(sql).get(bindable(params));
  }

  all(sql: string, params: Params = {}): unknown[] {
    return this.#prepare(sql).all(bindable(params));
  }

  /** Several statements at once, without values. */
  script(sql: string): void {
    this.#open().exec(sql);
  }

  /** All reads in `work` see the same state. */
  reading<T>(work: () => T): T {
    return this.#open().transaction(work).deferred();
  }

  /**
   * Takes the write lock first: a lock taken after a read fails at once when another process has
   * written between.
   */
  writing<T>(work: () => T): T {
    return this.#open().transaction(work).immediate();
  }

  /** How many migrations the file has been through. */
  version(): number {
    return versionRow.parse(this.first('pragma user_version')).user_version;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#prepared.clear();
    try {
      // SQLite's own checkpoint on close waits until the prepared statements have been collected.
      this.#database.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      this.#database.close();
    }
  }

  #open(): Database.Database {
    // libsql itself goes on serving statements that were prepared before its close().
    if (this.#closed) throw new Error('The session directory is closed');
    return this.#database;
  }

  #prepare(sql: string): Database.Statement<[Params]> {
    const database = this.#open();
    let statement = this.#prepared.get(sql);
    if (statement === undefined) {
      statement = database.prepare<[Params]>(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}

/**
 * libsql reads a text back only up to its first NUL: a replacement character shows what was there,
 * a cut does not.
 */
function bindable(params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value,
    ]),
  );
}

/** Of a row's columns, for its insertion: `a, b`. */
export function names(row: Params): string {
  return Object.keys(row).join(', ');
}

/** `:a, :b` */
export function values(row: Params): string {
  return Object.keys(row)
    .map((name) => `:${name}`)
    .join(', ');
}

/** `a = :a, b = :b` */
export function assignments(row: Params): string {
  return Object.keys(row)
    .map((name) => `${name} = :${name}`)
    .join(', ');
}
