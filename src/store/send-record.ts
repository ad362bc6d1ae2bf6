/** A message that a client sent under an id of its own. */
export interface SendRecord {
  readonly clientMessageId: string;
  /** Null: sent, and not known whether the runtime took it. */
  readonly messageId: string | null;
  /** Of the message that started its turn. */
  readonly turnMessageId: string | null;
  /** Position just before the message. */
  readonly cursor: string;
  readonly sentAt: Date;
}

export interface SentMessageIds {
  readonly messageId: string;
  /** Of the message that started its turn. */
  readonly turnMessageId: string;
}
