import { z } from 'zod';

import type { CloudStore, HeldMessage, WorkerMessage } from './cloud-store.ts';
import { parseSessionIdColumn, timeColumn } from './columns.ts';
import { formatSessionInsert, runSync, type SqliteDatabase } from './sqlite-database.ts';

const heldRow = z.object({
  message_id: z.string(),
  prompt: z.string(),
  held_at: timeColumn,
  expires_at: timeColumn,
});
const workerRow = z.object({ worker_id: z.string(), message_id: z.string() });

export class SqliteCloudStore implements CloudStore {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  holdMessage(sessionId: string, message: HeldMessage): Promise<boolean> {
    return runSync(() => {
      const row = {
        session_id: sessionId,
        message_id: message.messageId,
        prompt: message.prompt,
        held_at: message.heldAt.getTime(),
        expires_at: message.expiresAt.getTime(),
      };
      return this.#database.run(formatSessionInsert('insert into held_messages', row), row) > 0;
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
      const row = { session_id: sessionId, worker_id: workerId, message_id: messageId };
      this.#database.run(formatSessionInsert('insert or ignore into worker_messages', row), row);
    });
  }

  listWorkerMessages(sessionId: string): Promise<WorkerMessage[]> {
    const sql = 'select * from worker_messages where session_id = :sessionId order by rowid';
    return runSync(() => this.#database.listRows(sql, { sessionId }).map(parseWorkerMessage));
  }
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
