import type { Compaction, ModelFailure, ModelSwitch, Notice } from '../../events/event.ts';
import type { AssistantMessage, ToolCall, UserMessage } from '../../events/message.ts';
import type { RequestDetails, RequestResolution } from '../../events/pending-request.ts';
import type { Subagent } from '../../events/subagent.ts';
import type { TurnError } from '../../events/turn.ts';
import type { ContextWindow, TurnUsage } from '../../events/usage.ts';
import type { Repository } from '../../store/session-store.ts';
import type { SessionApproval } from './session-approval.ts';

/**
 * What one runtime event changes, by the type of the change. A change holds only what its own event says; the
 * projections combine it with the events before it. `link/change-routes.ts` lists who handles each type.
 */
export interface ChangePayloads {
  'user-message-added': { readonly message: UserMessage; readonly startsTurn: boolean };
  'model-call-started': { readonly eventId: string };
  /** The first attempt of a model call, or a retry. */
  'model-call-attempted': EmptyPayload;
  'model-call-failed': { readonly failure: ModelFailure };
  'model-call-ended': EmptyPayload;
  'text-started': { readonly messageId: string };
  'text-appended': { readonly messageId: string; readonly text: string };
  'reasoning-appended': { readonly text: string };
  'message-completed': { readonly message: AssistantMessage };
  'tool-call-changed': { readonly toolCallId: string; readonly change: ToolCallChange };
  'tool-output-changed': { readonly toolCallId: string; readonly outputSoFar: string };
  'turn-failed': { readonly error: TurnError };
  'turn-aborted': EmptyPayload;
  /** The runtime has ended every turn that it was working on. */
  'session-idle': { readonly aborted: boolean };
  'history-rewound': EmptyPayload;
  'queue-changed': EmptyPayload;
  'request-created': RuntimeRequest;
  'request-resolved': {
    readonly requestId: string;
    readonly resolution: RequestResolution;
    readonly feedback: string | null;
  };
  /** A client of the runtime has run its tool: one of this gateway, or another one. */
  'client-tool-resolved': { readonly requestId: string };
  'sampling-requested': { readonly requestId: string };
  'title-changed': { readonly title: string };
  'notice-reported': { readonly notice: Notice };
  'warning-reported': {
    readonly warningType: string;
    readonly message: string;
    readonly url: string | null;
    /** The condition lasts, and the runtime repeats it: the warning is shown once. */
    readonly reportOnce: boolean;
  };
  'remote-steerable-changed': { readonly isSteerable: boolean };
  'repository-changed': { readonly repository: Repository };
  'model-changed': ModelSwitch;
  'context-compacted': Compaction;
  'intent-changed': { readonly intent: string };
  'usage-reported': { readonly usage: TurnUsage };
  'context-usage-reported': { readonly context: ContextWindow };
  'subagent-changed': {
    readonly subagentId: string;
    /** The agent and the tool call that started the sub-agent. */
    readonly requestedBy: { readonly agentId: string | null; readonly toolCallId: string };
    readonly change: SubagentChange;
  };
}

type EmptyPayload = object;

export type ChangeType = keyof ChangePayloads;

/** A change of type `T`; without a type argument, the union of all changes. */
export type Change<T extends ChangeType = ChangeType> = {
  readonly [K in T]: { readonly type: K } & ChangePayloads[K];
}[T];

export interface RuntimeRequest {
  readonly requestId: string;
  /** The model server's id of the tool call that the request is about. */
  readonly modelToolCallId: string | null;
  readonly details: RequestDetails;
  /** What an approval for the session covers; null when the request can only be approved once. */
  readonly sessionApproval: SessionApproval | null;
}

export type ToolCallChange = Partial<Omit<ToolCall, 'toolCallId'>>;
export type SubagentChange = Partial<Omit<Subagent, 'id'>>;

export interface EventOrigin {
  readonly occurredAt: Date;
  /** The sub-agent that the event belongs to; null for the main agent. */
  readonly agentId: string | null;
}

/** A runtime event in the terms of the gateway. */
export interface TranslatedEvent extends EventOrigin {
  readonly changes: readonly Change[];
}

export type ChangeHandler<T extends ChangeType> = (change: Change<T>, event: EventOrigin) => void;
