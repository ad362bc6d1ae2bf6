export interface UserMessage {
  readonly kind: 'user';
  readonly id: string;
  readonly turnMessageId: string | null;
  readonly createdAt: Date;
  readonly content: string;
  readonly attachments: readonly Attachment[];
}

/** A file or reference that was sent with a message. Fields that the runtime does not report are null. */
export interface Attachment {
  readonly name: string | null;
  readonly mimeType: string | null;
  readonly byteLength: number | null;
}

/** A message that waits in the queue. */
export interface QueuedMessage {
  readonly id: string;
  readonly prompt: string;
  readonly queuedAt: Date;
}

export interface AssistantMessage {
  readonly kind: 'assistant';
  readonly id: string;
  readonly turnMessageId: string | null;
  readonly createdAt: Date;
  readonly content: string;
  readonly reasoning: string | null;
  readonly reasoningId: string | null;
  readonly model: string | null;
  readonly agentId: string | null;
  readonly toolCalls: readonly ToolCall[];
}

export type Message = UserMessage | AssistantMessage;

export type ToolCallState =
  'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'DENIED' | 'INTERRUPTED';

export interface ToolCall {
  /** Id of the model server, unique within the message only. */
  readonly toolCallId: string;
  readonly messageId: string | null;
  readonly turnMessageId: string | null;
  readonly agentId: string | null;
  /** Public id of the call that started the sub-agent which makes this call. */
  readonly parentToolCallId: string | null;
  readonly name: string;
  readonly title: string | null;
  readonly mcpServer: string | null;
  readonly arguments: unknown;
  readonly state: ToolCallState;
  readonly progress: string | null;
  readonly output: string | null;
  readonly outputTruncated: boolean;
  readonly error: string | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}
