import { z } from 'zod';

import { atOnce } from './at-once.ts';
import type { CloudDirectory, HeldMessage, WorkerMessage } from './cloud-directory.ts';
import { time } from './columns.ts';
import type { Statements } from './statements.ts';

const heldRow = z.object({
  message_id: z.string(),
  prompt: z.string(),
  held_at: time,
  expires_at: time,
});
const workerRow = z.object({ worker_id: z.string(), message_id: z.string() });

export class CloudStore implements CloudDirectory {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  hold(sessionId: string, { messageId, prompt, heldAt, expiresAt }: HeldMessage): Promise<boolean> {
    return atOnce(() => {
      const times = { heldAt: heldAt.getTime(), expiresAt: expiresAt.getTime() };
      return this.#statements.run(hold, { sessionId, messageId, prompt, ...times }) > 0;
    });
  }

  release(sessionId: string, messageId: string): Promise<void> {
    const sql =
      'delete from held_messages where session_id = :sessionId and message_id = :messageId';
    return atOnce(() => {
      this.#statements.run(sql, { sessionId, messageId });
    });
  }

  held(sessionId: string): Promise<HeldMessage[]> {
    const sql = 'select * from held_messages where session_id = :sessionId order by rowid';
    return atOnce(() => this.#statements.all(sql, { sessionId }).map(heldOf));
  }

  waitingSessions(): Promise<string[]> {
    const sql = 'select distinct session_id from held_messages';
    return atOnce(() => this.#statements.all(sql).map(sessionIdOf));
  }

  name(sessionId: string, { workerId, messageId }: WorkerMessage): Promise<void> {
    return atOnce(() => {
      this.#statements.run(name, { sessionId, workerId, messageId });
    });
  }

  named(sessionId: string): Promise<WorkerMessage[]> {
    const sql = 'select * from worker_messages where session_id = :sessionId order by rowid';
    return atOnce(() => this.#statements.all(sql, { sessionId }).map(workerMessageOf));
  }
}

const sessionExists = 'exists (select 1 from sessions where id = :sessionId)';
const hold = `insert into held_messages (session_id, message_id, prompt, held_at, expires_at)
  select :sessionId, :messageId, :prompt, :heldAt, :expiresAt where ${sessionExists}`;
const name = `insert or ignore into worker_messages (session_id, worker_id, message_id)
  select :sessionId, :workerId, :messageId where ${sessionExists}`;

function sessionIdOf(row: unknown): string {
  return z.object({ session_id: z.string() }).parse(row).session_id;
}

function heldOf(row: unknown): HeldMessage {
  const columns = heldRow.parse(row);
  return {
    messageId: columns.message_id,
    prompt: columns.prompt,
    heldAt: columns.held_at,
    expiresAt: columns.expires_at,
  };
}

function workerMessageOf(row: unknown): WorkerMessage {
  const { worker_id: workerId, message_id: messageId } = workerRow.parse(row);
  return { workerId, messageId };
}
