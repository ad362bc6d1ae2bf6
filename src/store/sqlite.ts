import type { Turn } from '../events/turn.ts';
import { atOnce } from './at-once.ts';
import { CloudStore } from './cloud-store.ts';
import { openDatabase } from './open-database.ts';
import { readPage } from './page.ts';
import { RequestStore } from './request-store.ts';
import {
  idOf,
  noticeColumns,
  noticeOf,
  recordedOf,
  recordOf,
  sessionColumns,
  unfinishedColumns,
  unfinishedOf,
} from './rows.ts';
import { beginSend, endSend, isSent } from './sends.ts';
import type {
  RecordedEvent,
  SendRecord,
  SentAs,
  SessionDirectory,
  SessionPage,
  SessionQuery,
  SessionRecord,
  SessionSlice,
  StoredNotice,
  UnfinishedText,
} from './session-directory.ts';
import type { Params } from './statements.ts';
import { assignments, names, type Statements, values } from './statements.ts';
import { turnColumns, turnOf } from './turn-rows.ts';
import { UsageStore } from './usage-store.ts';

/**
 * The file cannot serve as a session directory; the message, of one line, names it and says why.
 */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';
}

/**
 * Opens the file, made with its folder where missing, and brings it up to date; `:memory:` keeps
 * nothing.
 */
export function openSqliteDirectory(file: string): SessionDirectory {
  try {
    return new SqliteDirectory(openDatabase(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DirectoryError(`Session directory ${file}: ${reason}`, { cause: error });
  }
}

class SqliteDirectory implements SessionDirectory {
  readonly usage: UsageStore;
  readonly requests: RequestStore;
  readonly cloud: CloudStore;
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.usage = new UsageStore(statements);
    this.requests = new RequestStore(statements);
    this.cloud = new CloudStore(statements);
    this.#statements = statements;
  }

  insert(record: SessionRecord): Promise<boolean> {
    return atOnce(() => {
      const row = sessionColumns(record);
      const sql = `insert into sessions (${names(row)}) values (${values(row)}) on conflict do nothing`;
      return this.#statements.run(sql, row) > 0;
    });
  }

  find(id: string): Promise<SessionRecord | undefined> {
    return atOnce(() => this.#find(id));
  }

  update(
    id: string,
    change: Partial<Omit<SessionRecord, 'id'>>,
  ): Promise<SessionRecord | undefined> {
    return atOnce(() =>
      this.#statements.writing(() => {
        const found = this.#find(id);
        if (found === undefined) return undefined;
        const record = { ...found, ...change, id };
        const row = sessionColumns(record);
        this.#statements.run(`update sessions set ${assignments(row)} where id = :id`, row);
        return record;
      }),
    );
  }

  remove(id: string): Promise<boolean> {
    return atOnce(() => this.#statements.run('delete from sessions where id = :id', { id }) > 0);
  }

  page(query: SessionQuery, slice: SessionSlice): Promise<SessionPage> {
    return atOnce(() => readPage(this.#statements, query, slice));
  }

  allIds(): Promise<string[]> {
    return atOnce(() => this.#statements.all('select id from sessions order by id').map(idOf));
  }

  saveNotice(sessionId: string, notice: StoredNotice): Promise<void> {
    return atOnce(() => {
      const row = noticeColumns(sessionId, notice);
      // A replaced row gets a new rowid: among notices of the same time the last saved is the
      // newest.
      this.#statements.run(
        `insert or replace into notices (${names(row)}) select ${values(row)} where ${sessionExists}`,
        row,
      );
    });
  }

  notices(sessionId: string): Promise<StoredNotice[]> {
    const sql = 'select * from notices where session_id = :sessionId order by occurred_at, rowid';
    return atOnce(() => this.#statements.all(sql, { sessionId }).map(noticeOf));
  }

  saveTurn(turn: Turn): Promise<void> {
    return atOnce(() => {
      const row = turnColumns(turn);
      // Updated in place: its rowid goes on telling when it was first saved.
      this.#statements.run(
        `insert into turns (${names(row)}) select ${values(row)} where ${sessionExists}
         on conflict (session_id, message_id) do update set ${assignments(row)}`,
        row,
      );
    });
  }

  findTurn(sessionId: string, messageId: string): Promise<Turn | undefined> {
    const sql = 'select * from turns where session_id = :sessionId and message_id = :messageId';
    return this.#turn(sql, { sessionId, messageId });
  }

  latestTurn(sessionId: string): Promise<Turn | undefined> {
    const sql = `select * from turns where session_id = :sessionId
      order by queued_at desc, rowid desc limit 1`;
    return this.#turn(sql, { sessionId });
  }

  openTurns(): Promise<Turn[]> {
    const sql = `select * from turns where state in ('QUEUED', 'RUNNING', 'WAITING_FOR_INPUT') order by queued_at, rowid`;
    return atOnce(() => this.#statements.all(sql).map(turnOf));
  }

  saveUnfinished(sessionId: string, text: UnfinishedText): Promise<void> {
    return atOnce(() => {
      const row = unfinishedColumns(sessionId, text);
      this.#statements.run(
        `insert or ignore into unfinished (${names(row)}) select ${values(row)} where ${sessionExists}`,
        row,
      );
      this.#statements.run(forgetOldUnfinished, { sessionId });
    });
  }

  removeUnfinished(sessionId: string, text: UnfinishedText): Promise<void> {
    return atOnce(() => {
      this.#statements.run(
        'delete from unfinished where session_id = :session_id and kind = :kind and text_id = :text_id',
        unfinishedColumns(sessionId, text),
      );
    });
  }

  unfinished(sessionId: string): Promise<UnfinishedText[]> {
    const sql = 'select * from unfinished where session_id = :sessionId order by rowid';
    return atOnce(() => this.#statements.all(sql, { sessionId }).map(unfinishedOf));
  }

  saveRecorded(sessionId: string, events: readonly RecordedEvent[]): Promise<void> {
    return atOnce(() => {
      this.#statements.run(
        `insert or replace into recorded (session_id, events)
         select :session_id, :events where ${sessionExists}`,
        { session_id: sessionId, events: JSON.stringify(events) },
      );
    });
  }

  recorded(sessionId: string): Promise<RecordedEvent[]> {
    const sql = 'select events from recorded where session_id = :sessionId';
    return atOnce(() => {
      const row = this.#statements.first(sql, { sessionId });
      return row === undefined ? [] : recordedOf(row);
    });
  }

  beginSend(sessionId: string, send: SendRecord): Promise<SendRecord | undefined> {
    return atOnce(() => beginSend(this.#statements, sessionId, send));
  }

  finishSend(sessionId: string, clientMessageId: string, sent: SentAs | null): Promise<void> {
    return atOnce(() => {
      endSend(this.#statements, { sessionId, clientMessageId }, sent);
    });
  }

  isSent(sessionId: string, messageId: string): Promise<boolean> {
    return atOnce(() => isSent(this.#statements, sessionId, messageId));
  }

  close(): void {
    this.#statements.close();
  }

  #find(id: string): SessionRecord | undefined {
    const row = this.#statements.first('select * from sessions where id = :id', { id });
    return row === undefined ? undefined : recordOf(row);
  }

  #turn(sql: string, params: Params): Promise<Turn | undefined> {
    return atOnce(() => {
      const row = this.#statements.first(sql, params);
      return row === undefined ? undefined : turnOf(row);
    });
  }
}

const forgetOldUnfinished = `delete from unfinished where session_id = :sessionId and rowid not in (
  select rowid from unfinished where session_id = :sessionId order by rowid desc limit 200)`;
const sessionExists = 'exists (select 1 from sessions where id = :session_id)';
