import { z } from 'zod';

import type { RequestResolution } from '../events/pending-request.ts';
import { parseSessionIdColumn, timeColumn } from './columns.ts';
import type { RequestStore, StoredRequest } from './session-store.ts';
import {
  formatAssignments,
  formatSessionInsert,
  runSync,
  type SqliteDatabase,
  type SqlParams,
} from './sqlite-database.ts';

const requestRow = z.object({
  request_id: z.string(),
  turn_message_id: z.string().nullable(),
  agent_id: z.string().nullable(),
  requested_at: timeColumn,
  expires_at: timeColumn.nullable(),
  // Only the gateway writes this column, and the type has no list of its values.
  resolution: z.custom<RequestResolution>((value) => typeof value === 'string').nullable(),
  resolved_at: timeColumn.nullable(),
});

export class SqliteRequestStore implements RequestStore {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  save(sessionId: string, request: StoredRequest): Promise<void> {
    return runSync(() => {
      const row = toRequestRow(sessionId, request);
      this.#database.run(
        `${formatSessionInsert('insert into requests', row)}
         on conflict (session_id, request_id) do update set ${formatAssignments(row)}`,
        row,
      );
      this.#database.run(deleteOldRequestsSql, { sessionId });
    });
  }

  list(sessionId: string): Promise<StoredRequest[]> {
    const sql = 'select * from requests where session_id = :sessionId order by rowid';
    return runSync(() => this.#database.listRows(sql, { sessionId }).map(parseStoredRequest));
  }

  listWaitingSessionIds(): Promise<string[]> {
    const sql = 'select distinct session_id from requests where resolved_at is null';
    return runSync(() => this.#database.listRows(sql).map(parseSessionIdColumn));
  }
}

const deleteOldRequestsSql = `delete from requests
  where session_id = :sessionId and resolved_at is not null and rowid not in (
    select rowid from requests where session_id = :sessionId order by rowid desc limit 500)`;

function parseStoredRequest(row: unknown): StoredRequest {
  const columns = requestRow.parse(row);
  return {
    requestId: columns.request_id,
    turnMessageId: columns.turn_message_id,
    agentId: columns.agent_id,
    requestedAt: columns.requested_at,
    expiresAt: columns.expires_at,
    resolution: columns.resolution,
    resolvedAt: columns.resolved_at,
  };
}

function toRequestRow(sessionId: string, request: StoredRequest): SqlParams {
  return {
    session_id: sessionId,
    request_id: request.requestId,
    turn_message_id: request.turnMessageId,
    agent_id: request.agentId,
    requested_at: request.requestedAt.getTime(),
    expires_at: request.expiresAt?.getTime() ?? null,
    resolution: request.resolution,
    resolved_at: request.resolvedAt?.getTime() ?? null,
  };
}
