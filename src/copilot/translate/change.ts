import type { Compaction, ModelFailure, ModelSwitch, Notice } from '../../events/event.ts';
import type { AssistantMessage, ToolCall, UserMessage } from '../../events/message.ts';
import type { RequestDetails, RequestResolution } from '../../events/pending-request.ts';
import type { Subagent } from '../../events/subagent.ts';
import type { TurnError } from '../../events/turn.ts';
import type { ContextWindow, TurnUsage } from '../../events/usage.ts';
import type { Repository } from '../../store/session-store.ts';
import type { SessionApproval } from './session-approval.ts';

/** What one runtime event says, in our words, without anything that went before it. */
export type Change =
  | { readonly type: 'user-message'; readonly message: UserMessage; readonly startsTurn: boolean }
  | { readonly type: 'model-call-started'; readonly eventId: string }
  | { readonly type: 'text-started'; readonly messageId: string }
  | { readonly type: 'text-grew'; readonly messageId: string; readonly text: string }
  | { readonly type: 'reasoning-grew'; readonly text: string }
  | { readonly type: 'message-completed'; readonly message: AssistantMessage }
  | { readonly type: 'tool-call'; readonly toolCallId: string; readonly change: ToolCallChange }
  | { readonly type: 'tool-output'; readonly toolCallId: string; readonly outputSoFar: string }
  | { readonly type: 'model-call-failed'; readonly failure: ModelFailure }
  | { readonly type: 'model-call-tried' }
  | { readonly type: 'model-call-ended' }
  | { readonly type: 'turn-failed'; readonly error: TurnError }
  | { readonly type: 'turns-ended'; readonly aborted: boolean }
  | { readonly type: 'aborted' }
  | { readonly type: 'rewound' }
  | { readonly type: 'queue' }
  | ({ readonly type: 'request' } & RuntimeRequest)
  | {
      readonly type: 'request-resolved';
      readonly requestId: string;
      readonly resolution: RequestResolution;
      readonly feedback: string | null;
    }
  /** By whoever it was, and whosever tool. */
  | { readonly type: 'tool-answered'; readonly requestId: string }
  | { readonly type: 'unanswerable'; readonly requestId: string }
  | { readonly type: 'title'; readonly title: string }
  | { readonly type: 'notice'; readonly notice: Notice }
  | {
      readonly type: 'warning';
      readonly warningType: string;
      readonly message: string;
      readonly url: string | null;
      /** Of something that lasts: it is not told again. */
      readonly once: boolean;
    }
  | { readonly type: 'remote-steerable'; readonly isSteerable: boolean }
  | { readonly type: 'repository'; readonly repository: Repository }
  | ({ readonly type: 'model' } & ModelSwitch)
  | ({ readonly type: 'compacted' } & Compaction)
  | { readonly type: 'intent'; readonly intent: string }
  | { readonly type: 'model-called'; readonly usage: TurnUsage }
  | { readonly type: 'context-filled'; readonly context: ContextWindow }
  | {
      readonly type: 'subagent';
      readonly subagentId: string;
      /** The tool call that started it. */
      readonly asked: { readonly agentId: string | null; readonly toolCallId: string };
      readonly change: SubagentChange;
    };

export type ChangeByType<T extends Change['type']> = Extract<Change, { type: T }>;
export interface RuntimeRequest {
  readonly requestId: string;
  /** The model server's id of the tool call that it is about. */
  readonly modelToolCallId: string | null;
  readonly body: RequestDetails;
  /** What an approval for the session then covers; null where there is none. */
  readonly sessionApproval: SessionApproval | null;
}

export type ToolCallChange = Partial<Omit<ToolCall, 'toolCallId'>>;
export type SubagentChange = Partial<Omit<Subagent, 'id'>>;

export interface TranslatedEvent {
  readonly eventId: string;
  readonly occurredAt: Date;
  readonly agentId: string | null;
  readonly changes: readonly Change[];
}
