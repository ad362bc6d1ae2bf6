import { z } from 'zod';

import { timeColumn } from './columns.ts';
import type { SendRecord, SentMessageIds } from './session-store.ts';
import { formatSessionInsert, type SqliteDatabase, type SqlParams } from './sqlite-database.ts';

const sendRow = z.object({
  client_message_id: z.string(),
  message_id: z.string().nullable(),
  turn_message_id: z.string().nullable(),
  cursor: z.string(),
  sent_at: timeColumn,
});

const whereClientMessageSql = 'session_id = :sessionId and client_message_id = :clientMessageId';

export function beginSend(
  database: SqliteDatabase,
  sessionId: string,
  send: SendRecord,
): SendRecord | undefined {
  return database.runWriteTransaction(() => {
    const { clientMessageId } = send;
    const key = { sessionId, clientMessageId };
    const found = database.findRow(`select * from sends where ${whereClientMessageSql}`, key);
    if (found !== undefined) return parseSend(found);
    const row = toSendRow(sessionId, send);
    database.run(formatSessionInsert('insert into sends', row), row);
    return undefined;
  });
}

/** @param sent null if nothing was sent; the client message id can then be used again */
export function finishSend(
  database: SqliteDatabase,
  key: { readonly sessionId: string; readonly clientMessageId: string },
  sent: SentMessageIds | null,
): void {
  if (sent === null) {
    database.run(`delete from sends where ${whereClientMessageSql}`, { ...key });
    return;
  }
  const { messageId, turnMessageId } = sent;
  database.run(
    `update sends set message_id = :messageId, turn_message_id = :turnMessageId where ${whereClientMessageSql}`,
    { ...key, messageId, turnMessageId },
  );
}

export function isSent(database: SqliteDatabase, sessionId: string, messageId: string): boolean {
  const sql = 'select 1 from sends where session_id = :sessionId and message_id = :messageId';
  return database.findRow(sql, { sessionId, messageId }) !== undefined;
}

function parseSend(row: unknown): SendRecord {
  const columns = sendRow.parse(row);
  return {
    clientMessageId: columns.client_message_id,
    messageId: columns.message_id,
    turnMessageId: columns.turn_message_id,
    cursor: columns.cursor,
    sentAt: columns.sent_at,
  };
}

function toSendRow(sessionId: string, send: SendRecord): SqlParams {
  return {
    session_id: sessionId,
    client_message_id: send.clientMessageId,
    message_id: send.messageId,
    turn_message_id: send.turnMessageId,
    cursor: send.cursor,
    sent_at: send.sentAt.getTime(),
  };
}
