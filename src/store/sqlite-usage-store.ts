import { z } from 'zod';

import type { ContextWindow, SessionUsage, Usage } from '../events/usage.ts';
import { timeColumn } from './columns.ts';
import type { StoredIntent, UsageStore } from './session-store.ts';
import {
  formatSessionInsert,
  runSync,
  type SqliteDatabase,
  type SqlParams,
} from './sqlite-database.ts';

const usageRow = z.object({
  input_tokens: z.number(),
  output_tokens: z.number(),
  cache_read_tokens: z.number(),
  cache_write_tokens: z.number(),
  premium_requests: z.number().nullable(),
  context_tokens: z.number().nullable(),
  context_limit: z.number().nullable(),
  turns: z.number(),
});

const countedRow = z.object({ counted_at: timeColumn.nullable() });

const intentRow = z.object({
  turn_message_id: z.string().nullable(),
  intent: z.string(),
  occurred_at: timeColumn,
});

export class SqliteUsageStore implements UsageStore {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  addCall(sessionId: string, call: Usage, at: Date): Promise<SessionUsage> {
    return this.#change(sessionId, addUsageSql, {
      input_tokens: call.inputTokens,
      output_tokens: call.outputTokens,
      cache_read_tokens: call.cacheReadTokens,
      cache_write_tokens: call.cacheWriteTokens,
      premium_requests: call.premiumRequests,
      counted_at: at.getTime(),
    });
  }

  findCountedUntil(sessionId: string): Promise<Date | undefined> {
    const sql = 'select counted_at from session_usage where session_id = :sessionId';
    return runSync(() => {
      const row = this.#database.findRow(sql, { sessionId });
      return row === undefined ? undefined : (countedRow.parse(row).counted_at ?? undefined);
    });
  }

  async setCountedUntil(sessionId: string, at: Date): Promise<void> {
    await this.#change(sessionId, 'counted_at = excluded.counted_at', { counted_at: at.getTime() });
  }

  saveContextWindow(sessionId: string, context: ContextWindow): Promise<SessionUsage> {
    const { contextTokens, contextLimit } = context;
    const row = { context_tokens: contextTokens, context_limit: contextLimit };
    return this.#change(sessionId, setContextSql, row);
  }

  get(sessionId: string): Promise<SessionUsage> {
    return runSync(() => this.#read(sessionId));
  }

  saveIntent(sessionId: string, intent: StoredIntent): Promise<void> {
    return runSync(() => {
      const row = {
        session_id: sessionId,
        turn_message_id: intent.turnMessageId,
        intent: intent.intent,
        occurred_at: intent.occurredAt.getTime(),
      };
      this.#database.run(formatSessionInsert('insert or replace into intents', row), row);
    });
  }

  findIntent(sessionId: string): Promise<StoredIntent | undefined> {
    const sql = 'select * from intents where session_id = :sessionId';
    return runSync(() => {
      const row = this.#database.findRow(sql, { sessionId });
      return row === undefined ? undefined : parseIntent(row);
    });
  }

  #change(sessionId: string, onConflict: string, change: SqlParams): Promise<SessionUsage> {
    return runSync(() => {
      const row = { session_id: sessionId, ...change };
      this.#database.run(
        `${formatSessionInsert('insert into session_usage', row)}
         on conflict (session_id) do update set ${onConflict}`,
        row,
      );
      return this.#read(sessionId);
    });
  }

  #read(sessionId: string): SessionUsage {
    return parseSessionUsage(this.#database.findRow(usageQuery, { sessionId }));
  }
}

/** The database adds, so that no writer loses what another one has added. */
const addUsageSql = `
  input_tokens = input_tokens + excluded.input_tokens,
  output_tokens = output_tokens + excluded.output_tokens,
  cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens,
  cache_write_tokens = cache_write_tokens + excluded.cache_write_tokens,
  premium_requests = coalesce(
    premium_requests + excluded.premium_requests, premium_requests, excluded.premium_requests),
  counted_at = max(coalesce(counted_at, 0), excluded.counted_at)`;
const setContextSql = `
  context_tokens = excluded.context_tokens, context_limit = excluded.context_limit`;

const usageQuery = `select
    coalesce(input_tokens, 0) as input_tokens,
    coalesce(output_tokens, 0) as output_tokens,
    coalesce(cache_read_tokens, 0) as cache_read_tokens,
    coalesce(cache_write_tokens, 0) as cache_write_tokens,
    premium_requests, context_tokens, context_limit,
    (select count(*) from turns
      where session_id = :sessionId and started_at is not null) as turns
  from (select 1) left join session_usage on session_id = :sessionId`;

function parseSessionUsage(row: unknown): SessionUsage {
  const columns = usageRow.parse(row);
  return {
    turns: columns.turns,
    inputTokens: columns.input_tokens,
    outputTokens: columns.output_tokens,
    cacheReadTokens: columns.cache_read_tokens,
    cacheWriteTokens: columns.cache_write_tokens,
    premiumRequests: columns.premium_requests,
    contextTokens: columns.context_tokens,
    contextLimit: columns.context_limit,
  };
}

function parseIntent(row: unknown): StoredIntent {
  const { turn_message_id: turnMessageId, intent, occurred_at: occurredAt } = intentRow.parse(row);
  return { turnMessageId, intent, occurredAt };
}
