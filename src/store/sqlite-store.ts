import type { Turn } from '../events/turn.ts';
import { foldCase } from './fold-case.ts';
import { openDatabase } from './open-database.ts';
import { beginSend, finishSend, isSent } from './send-queries.ts';
import { readSessionPage } from './session-page.ts';
import {
  parseIdColumn,
  parseNotice,
  parseRecordedEvents,
  parseSessionRecord,
  parseUnfinishedText,
  toNoticeRow,
  toSessionRow,
  toUnfinishedTextRow,
} from './session-rows.ts';
import type {
  RecordedEvent,
  SendRecord,
  SentMessageIds,
  SessionPage,
  SessionQuery,
  SessionRecord,
  SessionSlice,
  SessionStore,
  StoredNotice,
  UnfinishedText,
} from './session-store.ts';
import { SqliteCloudStore } from './sqlite-cloud-store.ts';
import {
  formatAssignments,
  formatColumnNames,
  formatPlaceholders,
  formatSessionInsert,
  runSync,
  type SqliteDatabase,
  type SqlParams,
} from './sqlite-database.ts';
import { SqliteRequestStore } from './sqlite-request-store.ts';
import { SqliteUsageStore } from './sqlite-usage-store.ts';
import { StoreError } from './store-error.ts';
import { parseTurn, toTurnRow } from './turn-rows.ts';

/**
 * Opens the file and brings its schema to the newest version. Creates the file and its directory if they are missing;
 * `:memory:` keeps everything in memory.
 *
 * @throws {StoreError}
 */
export function openSqliteStore(file: string): SessionStore {
  try {
    return new SqliteStore(openDatabase(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError(`Session store ${file}: ${reason}`, { cause: error });
  }
}

class SqliteStore implements SessionStore {
  readonly usage: SqliteUsageStore;
  readonly requests: SqliteRequestStore;
  readonly cloud: SqliteCloudStore;
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.usage = new SqliteUsageStore(database);
    this.requests = new SqliteRequestStore(database);
    this.cloud = new SqliteCloudStore(database);
    this.#database = database;
  }

  insert(record: SessionRecord): Promise<boolean> {
    return runSync(() => {
      const row = toSessionRow(record);
      const sql = `insert into sessions (${formatColumnNames(row)}) values (${formatPlaceholders(row)}) on conflict do nothing`;
      return this.#database.run(sql, row) > 0;
    });
  }

  find(id: string): Promise<SessionRecord | undefined> {
    return runSync(() => this.#find(id));
  }

  update(
    id: string,
    change: Partial<Omit<SessionRecord, 'id'>>,
  ): Promise<SessionRecord | undefined> {
    return runSync(() =>
      this.#database.runWriteTransaction(() => {
        const found = this.#find(id);
        if (found === undefined) return undefined;
        const record = { ...found, ...change, id };
        const row = toSessionRow(record);
        this.#database.run(`update sessions set ${formatAssignments(row)} where id = :id`, row);
        return record;
      }),
    );
  }

  setRuntimeTitle(id: string, title: string): Promise<boolean> {
    const sql =
      'update sessions set title = :title, title_folded = :titleFolded where id = :id and title_chosen = 0 and title is not :title';
    return runSync(() => this.#database.run(sql, { id, title, titleFolded: foldCase(title) }) > 0);
  }

  remove(id: string): Promise<boolean> {
    return runSync(() => this.#database.run('delete from sessions where id = :id', { id }) > 0);
  }

  listSessions(query: SessionQuery, slice: SessionSlice): Promise<SessionPage> {
    return runSync(() => readSessionPage(this.#database, query, slice));
  }

  listSessionIds(): Promise<string[]> {
    return runSync(() =>
      this.#database.listRows('select id from sessions order by id').map(parseIdColumn),
    );
  }

  saveNotice(sessionId: string, notice: StoredNotice): Promise<void> {
    return runSync(() => {
      const row = toNoticeRow(sessionId, notice);
      // A replaced row gets a new rowid: among notices of the same time the last saved is the newest.
      this.#database.run(formatSessionInsert('insert or replace into notices', row), row);
    });
  }

  listNotices(sessionId: string): Promise<StoredNotice[]> {
    const sql = 'select * from notices where session_id = :sessionId order by occurred_at, rowid';
    return runSync(() => this.#database.listRows(sql, { sessionId }).map(parseNotice));
  }

  saveTurn(turn: Turn): Promise<void> {
    return runSync(() => {
      const row = toTurnRow(turn);
      // Updated in place: the rowid keeps the order in which turns were first saved.
      this.#database.run(
        `${formatSessionInsert('insert into turns', row)}
         on conflict (session_id, message_id) do update set ${formatAssignments(row)}`,
        row,
      );
    });
  }

  findTurn(sessionId: string, messageId: string): Promise<Turn | undefined> {
    const sql = 'select * from turns where session_id = :sessionId and message_id = :messageId';
    return this.#findTurn(sql, { sessionId, messageId });
  }

  findLatestTurn(sessionId: string): Promise<Turn | undefined> {
    const sql = `select * from turns where session_id = :sessionId
      order by queued_at desc, rowid desc limit 1`;
    return this.#findTurn(sql, { sessionId });
  }

  listOpenTurns(): Promise<Turn[]> {
    const sql = `select * from turns where state in ('QUEUED', 'RUNNING', 'WAITING_FOR_INPUT') order by queued_at, rowid`;
    return runSync(() => this.#database.listRows(sql).map(parseTurn));
  }

  saveUnfinishedText(sessionId: string, text: UnfinishedText): Promise<void> {
    return runSync(() => {
      const row = toUnfinishedTextRow(sessionId, text);
      this.#database.run(formatSessionInsert('insert or ignore into unfinished', row), row);
      this.#database.run(deleteOldUnfinishedTextsSql, { sessionId });
    });
  }

  removeUnfinishedText(sessionId: string, text: UnfinishedText): Promise<void> {
    return runSync(() => {
      this.#database.run(
        'delete from unfinished where session_id = :session_id and kind = :kind and text_id = :text_id',
        toUnfinishedTextRow(sessionId, text),
      );
    });
  }

  listUnfinishedTexts(sessionId: string): Promise<UnfinishedText[]> {
    const sql = 'select * from unfinished where session_id = :sessionId order by rowid';
    return runSync(() => this.#database.listRows(sql, { sessionId }).map(parseUnfinishedText));
  }

  saveRecordedEvents(sessionId: string, events: readonly RecordedEvent[]): Promise<void> {
    return runSync(() => {
      const row = { session_id: sessionId, events: JSON.stringify(events) };
      this.#database.run(formatSessionInsert('insert or replace into recorded', row), row);
    });
  }

  listRecordedEvents(sessionId: string): Promise<RecordedEvent[]> {
    const sql = 'select events from recorded where session_id = :sessionId';
    return runSync(() => {
      const row = this.#database.findRow(sql, { sessionId });
      return row === undefined ? [] : parseRecordedEvents(row);
    });
  }

  beginSend(sessionId: string, send: SendRecord): Promise<SendRecord | undefined> {
    return runSync(() => beginSend(this.#database, sessionId, send));
  }

  finishSend(
    sessionId: string,
    clientMessageId: string,
    sent: SentMessageIds | null,
  ): Promise<void> {
    return runSync(() => {
      finishSend(this.#database, { sessionId, clientMessageId }, sent);
    });
  }

  isSent(sessionId: string, messageId: string): Promise<boolean> {
    return runSync(() => isSent(this.#database, sessionId, messageId));
  }

  close(): void {
    this.#database.close();
  }

  #find(id: string): SessionRecord | undefined {
    const row = this.#database.findRow('select * from sessions where id = :id', { id });
    return row === undefined ? undefined : parseSessionRecord(row);
  }

  #findTurn(sql: string, params: SqlParams): Promise<Turn | undefined> {
    return runSync(() => {
      const row = this.#database.findRow(sql, params);
      return row === undefined ? undefined : parseTurn(row);
    });
  }
}

const deleteOldUnfinishedTextsSql = `delete from unfinished where session_id = :sessionId and rowid not in (
  select rowid from unfinished where session_id = :sessionId order by rowid desc limit 200)`;
