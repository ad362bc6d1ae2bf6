import { z } from 'zod';

import { time } from './columns.ts';
import type { SendRecord, SentAs } from './session-directory.ts';
import { names, type Params, type Statements, values } from './statements.ts';

const sendRow = z.object({
  client_message_id: z.string(),
  message_id: z.string().nullable(),
  turn_message_id: z.string().nullable(),
  cursor: z.string(),
  sent_at: time,
});

const ofClient = 'session_id = :sessionId and client_message_id = :clientMessageId';

export function beginSend(
  statements: Statements,
  sessionId: string,
  send: SendRecord,
): SendRecord | undefined {
  return statements.writing(() => {
    const { clientMessageId } = send;
    const key = { sessionId, clientMessageId };
    const found = statements.first(`select * from sends where ${ofClient}`, key);
    if (found !== undefined) return sendOf(found);
    const row = sendColumns(sessionId, send);
    statements.run(
      `insert into sends (${names(row)}) select ${values(row)}
        where exists (select 1 from sessions where id = :session_id)`,
      row,
    );
    return undefined;
  });
}

/** @param sent null: nothing was sent */
export function endSend(
  statements: Statements,
  key: { readonly sessionId: string; readonly clientMessageId: string },
  sent: SentAs | null,
): void {
  if (sent === null) {
    statements.run(`delete from sends where ${ofClient}`, { ...key });
    return;
  }
  const { messageId, turnMessageId } = sent;
  statements.run(
    `update sends set message_id = :messageId, turn_message_id = :turnMessageId where ${ofClient}`,
    { ...key, messageId, turnMessageId },
  );
}

export function isSent(statements: Statements, sessionId: string, messageId: string): boolean {
  const sql = 'select 1 from sends where session_id = :sessionId and message_id = :messageId';
  return statements.first(sql, { sessionId, messageId }) !== undefined;
}

function sendOf(row: unknown): SendRecord {
  const columns = sendRow.parse(row);
  return {
    clientMessageId: columns.client_message_id,
    messageId: columns.message_id,
    turnMessageId: columns.turn_message_id,
    cursor: columns.cursor,
    sentAt: columns.sent_at,
  };
}

function sendColumns(sessionId: string, send: SendRecord): Params {
  return {
    session_id: sessionId,
    client_message_id: send.clientMessageId,
    message_id: send.messageId,
    turn_message_id: send.turnMessageId,
    cursor: send.cursor,
    sent_at: send.sentAt.getTime(),
  };
}
