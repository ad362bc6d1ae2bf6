import { z } from 'zod';

import type { RequestResolution } from '../events/request.ts';
import { atOnce } from './at-once.ts';
import type { RequestDirectory, StoredRequest } from './session-directory.ts';
import { assignments, names, type Params, type Statements, values } from './statements.ts';

const time = z.number().transform((milliseconds) => new Date(milliseconds));

const requestRow = z.object({
  request_id: z.string(),
  turn_message_id: z.string().nullable(),
  agent_id: z.string().nullable(),
  requested_at: time,
  expires_at: time.nullable(),
  // Only this gateway writes them, and the list of them is no value.
  resolution: z.custom<RequestResolution>((value) => typeof value === 'string').nullable(),
  resolved_at: time.nullable(),
});

export class RequestStore implements RequestDirectory {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  save(sessionId: string, request: StoredRequest): Promise<void> {
    return atOnce(() => {
      const row = requestColumns(sessionId, request);
      this.#statements.run(
        `insert into requests (${names(row)}) select ${values(row)} where ${sessionExists}
         on conflict (session_id, request_id) do update set ${assignments(row)}`,
        row,
      );
      this.#statements.run(forgetOld, { sessionId });
    });
  }

  of(sessionId: string): Promise<StoredRequest[]> {
    const sql = 'select * from requests where session_id = :sessionId order by rowid';
    return atOnce(() => this.#statements.all(sql, { sessionId }).map(requestOf));
  }

  waitingSessions(): Promise<string[]> {
    const sql = 'select distinct session_id from requests where resolved_at is null';
    return atOnce(() => this.#statements.all(sql).map(sessionIdOf));
  }
}

const sessionExists = 'exists (select 1 from sessions where id = :session_id)';
const forgetOld = `delete from requests
  where session_id = :sessionId and resolved_at is not null and rowid not in (
    select rowid from requests where session_id = :sessionId order by rowid desc limit 500)`;

function sessionIdOf(row: unknown): string {
  return z.object({ session_id: z.string() }).parse(row).session_id;
}

function requestOf(row: unknown): StoredRequest {
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

function requestColumns(sessionId: string, request: StoredRequest): Params {
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
