import type { AssistantMessage, QueuedMessage, ToolCall, UserMessage } from './message.ts';
import type { PendingRequest, RequestResolution } from './pending-request.ts';
import type { Subagent } from './subagent.ts';
import type { Turn } from './turn.ts';
import type { SessionUsage, TurnUsage } from './usage.ts';

/** The fields of every event; `cursor` identifies the event. */
export interface EventBase {
  readonly cursor: string;
  readonly sessionId: string;
  readonly occurredAt: Date;
  /** Id of the message that started the turn. */
  readonly turnMessageId: string | null;
  readonly agentId: string | null;
}

export type DeltaKind = 'CONTENT' | 'REASONING';
export type DeltaState = 'STREAMING' | 'COMPLETE' | 'DISCARDED';
export type RuntimeState = 'CONNECTING' | 'CONNECTED' | 'LOST';

/** A positional patch: `content = content.slice(0, offset) + text`. */
export interface MessageDeltaBody {
  readonly type: 'message.delta';
  readonly messageId: string;
  readonly kind: DeltaKind;
  readonly offset: number;
  readonly text: string;
  readonly state: DeltaState;
}

export interface ToolOutputDeltaBody {
  readonly type: 'tool.output_delta';
  /** Public id of the tool call. */
  readonly toolCallId: string;
  readonly offset: number;
  readonly text: string;
}

/** The bodies that the log holds as they are. Texts are not among them: patches are created for each reader. */
export type StepBody =
  | { readonly type: 'turn.changed'; readonly turn: Turn }
  | { readonly type: 'user_message.added'; readonly userMessage: UserMessage }
  | { readonly type: 'assistant_message.completed'; readonly assistantMessage: AssistantMessage }
  | { readonly type: 'tool_call.changed'; readonly toolCall: ToolCall }
  | { readonly type: 'request.pending'; readonly request: PendingRequest }
  | {
      readonly type: 'request.resolved';
      readonly requestId: string;
      readonly resolution: RequestResolution;
      readonly feedback: string | null;
    }
  | { readonly type: 'queue.changed'; readonly queuedMessages: readonly QueuedMessage[] }
  | { readonly type: 'title.changed'; readonly title: string }
  | { readonly type: 'intent.changed'; readonly intent: string }
  | { readonly type: 'subagent.changed'; readonly subagent: Subagent }
  | ({ readonly type: 'model.changed' } & ModelSwitch)
  | ({ readonly type: 'model.retry'; readonly attempt: number } & ModelFailure)
  | ({ readonly type: 'context.compacted' } & Compaction)
  | {
      readonly type: 'usage.changed';
      readonly turnUsage: TurnUsage | null;
      readonly sessionUsage: SessionUsage;
    }
  | ({ readonly type: 'session.info' } & Notice)
  | {
      readonly type: 'session.warning';
      readonly warningType: string;
      readonly message: string;
      readonly url: string | null;
    }
  | {
      readonly type: 'credentials.required';
      readonly host: string | null;
      readonly reason: string;
    }
  | { readonly type: 'runtime.changed'; readonly runtimeState: RuntimeState }
  | { readonly type: 'session.deleted' };

export interface Notice {
  readonly infoType: string;
  readonly message: string;
  readonly tip: string | null;
  readonly url: string | null;
}

export type ReasoningEffort = 'LOW' | 'MEDIUM' | 'HIGH' | 'XHIGH' | 'MAX';

export interface ModelSwitch {
  readonly model: string;
  readonly previousModel: string | null;
  readonly reasoningEffort: ReasoningEffort | null;
  /** The runtime's name of the cause when the runtime switched the model; null when a client did. */
  readonly cause: string | null;
}

export interface ModelFailure {
  readonly reason: string;
  readonly model: string | null;
  /** HTTP status of the model provider; null without a response. */
  readonly statusCode: number | null;
}

export interface Compaction {
  readonly succeeded: boolean;
  readonly tokensBefore: number | null;
  readonly tokensAfter: number | null;
  readonly messagesRemoved: number | null;
}

export type EventBody = StepBody | MessageDeltaBody | ToolOutputDeltaBody;
export type EventType = EventBody['type'];
export type SessionEvent = EventBase & EventBody;
export type EventByType<T extends EventType> = EventBase & Extract<EventBody, { type: T }>;
