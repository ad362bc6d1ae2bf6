import { z } from 'zod';

import type { ErrorCode } from '../errors/error-codes.ts';
import type { Turn, TurnState } from '../events/turn.ts';
import { jsonColumn, timeColumn } from './columns.ts';
import type { SqlParams } from './sqlite-database.ts';

const turnState = z.enum({
  QUEUED: 'QUEUED',
  RUNNING: 'RUNNING',
  WAITING_FOR_INPUT: 'WAITING_FOR_INPUT',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  ABORTED: 'ABORTED',
} satisfies { [S in TurnState]: S });

const turnError = z.object({
  // Only the gateway writes codes, and a code that a later version does not know must not make a turn unreadable.
  code: z.custom<ErrorCode>((value) => typeof value === 'string'),
  message: z.string(),
  retryable: z.boolean(),
  retryAfterMs: z.number().nullable(),
  statusCode: z.number().nullable(),
  url: z.string().nullable(),
});

const turnUsage = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  cacheReadTokens: z.number(),
  cacheWriteTokens: z.number(),
  premiumRequests: z.number().nullable(),
  durationMs: z.number().nullable(),
  timeToFirstTokenMs: z.number().nullable(),
  model: z.string().nullable(),
});

const turnRow = z.object({
  session_id: z.string(),
  message_id: z.string(),
  state: turnState,
  queued_at: timeColumn,
  started_at: timeColumn.nullable(),
  finished_at: timeColumn.nullable(),
  reply_id: z.string().nullable(),
  error: jsonColumn.pipe(turnError).nullable(),
  usage: jsonColumn.pipe(turnUsage).nullable(),
});

export function parseTurn(row: unknown): Turn {
  const columns = turnRow.parse(row);
  return {
    sessionId: columns.session_id,
    messageId: columns.message_id,
    state: columns.state,
    queuedAt: columns.queued_at,
    startedAt: columns.started_at,
    finishedAt: columns.finished_at,
    replyId: columns.reply_id,
    reply: null,
    error: columns.error,
    usage: columns.usage,
  };
}

export function toTurnRow(turn: Turn): SqlParams {
  return {
    session_id: turn.sessionId,
    message_id: turn.messageId,
    state: turn.state,
    queued_at: turn.queuedAt.getTime(),
    started_at: turn.startedAt?.getTime() ?? null,
    finished_at: turn.finishedAt?.getTime() ?? null,
    reply_id: turn.replyId,
    error: turn.error === null ? null : JSON.stringify(turnError.parse(turn.error)),
    usage: turn.usage === null ? null : JSON.stringify(turn.usage),
  };
}
