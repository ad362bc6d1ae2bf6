import { z } from 'zod';

import type { CloudStore, HeldMessage, WorkerMessage } from './cloud-store.ts';
import { timeColumn } from './columns.ts';
import { runSync } from './run-sync.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

const heldRow = z.object({
  message_id: z.string(),
  prompt: z.string(),
  held_at: timeColumn,
  expires_at: timeColumn,
});
const workerRow = z.object({ worker_id: z.string(), message_id: z.string() });

export class SqliteCloudStore implements CloudStore {
  readonly #database: SqliteDatabase;

  constructor(statements: SqliteDatabase) {
    this.#database = statements;
  }

  holdMessage(
    sessionId: string,
    { messageId, prompt, heldAt, expiresAt }: HeldMessage,
  ): Promise<boolean> {
    return runSync(() => {
      const times = { heldAt: heldAt.getTime(), expiresAt: expiresAt.getTime() };
      return (
        this.#database.run(insertHeldMessageSql, { sessionId, messageId, prompt, ...times }) > 0
      );
    });
  }

  releaseMessage(sessionId: string, messageId: string): Promise<void> {
    const sql =
      'delete from held_messages where session_id = :sessionId and message_id = :messageId';
    return runSync(() => {
      this.#database.run(sql, { sessionId, messageId });
    });
  }

  listHeldMessages(sessionId: string): Promise<HeldMessage[]> {
    const sql = 'select * from held_messages where session_id = :sessionId order by rowid';
    return runSync(() => this.#database.listRows(sql, { sessionId }).map(parseHeldMessage));
  }

  listWaitingSessionIds(): Promise<string[]> {
    const sql = 'select distinct session_id from held_messages';
    return runSync(() => this.#database.listRows(sql).map(parseSessionIdColumn));
  }

  saveWorkerMessage(sessionId: string, { workerId, messageId }: WorkerMessage): Promise<void> {
    return runSync(() => {
      this.#database.run(insertWorkerMessageSql, { sessionId, workerId, messageId });
    });
  }

  listWorkerMessages(sessionId: string): Promise<WorkerMessage[]> {
    const sql = 'select * from worker_messages where session_id = :sessionId order by rowid';
    return runSync(() => this.#database.listRows(sql, { sessionId }).map(parseWorkerMessage));
  }
}

const sessionExistsSql = 'exists (select 1 from sessions where id = :sessionId)';
const insertHeldMessageSql = `insert into held_messages (session_id, message_id, prompt, held_at, expires_at)
  select :sessionId, :messageId, :prompt, :heldAt, :expiresAt where ${sessionExistsSql}`;
const insertWorkerMessageSql = `insert or ignore into worker_messages (session_id, worker_id, message_id)
  select :sessionId, :workerId, :messageId where ${sessionExistsSql}`;

function parseSessionIdColumn(row: unknown): string {
  return z.object({ session_id: z.string() }).parse(row).session_id;
}

function parseHeldMessage(row: unknown): HeldMessage {
  const columns = heldRow.parse(row);
  return {
    messageId: columns.message_id,
    prompt: columns.prompt,
    heldAt: columns.held_at,
    expiresAt: columns.expires_at,
  };
}

function parseWorkerMessage(row: unknown): WorkerMessage {
  const { worker_id: workerId, message_id: messageId } = workerRow.parse(row);
  return { workerId, messageId };
}
