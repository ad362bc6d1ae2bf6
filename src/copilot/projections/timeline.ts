import type { StepBody } from '../../events/event.ts';
import type { StepOrigin } from '../../events/event-factory.ts';
import type { AssistantMessage, ToolCall, UserMessage } from '../../events/message.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { Change, ChangeByType, TranslatedEvent } from '../translate/change.ts';
import { AgentActivity,type AgentActivityObserver } from './agent-activity.ts';
import type { TextObserver } from './streaming-texts.ts';
import { StreamingTexts } from './streaming-texts.ts';
import { Subagents } from './subagents.ts';
import { ToolCalls } from './tool-calls.ts';
import type { Turns } from './turns.ts';

type ChangeHandlers = {
  readonly [T in Change['type']]?: (change: ChangeByType<T>, event: TranslatedEvent) => void;
};

/** Of a sub-agent they say nothing about the turn. */
const turnEndingTypes: ReadonlySet<Change['type']> = new Set([
  'turn-failed',
  'turns-ended',
  'aborted',
]);

export type TimelineObserver = TextObserver & AgentActivityObserver;

/** Puts what the runtime reports into the session's log, as objects that are complete at each step. */
export class Timeline {
  readonly #log: SessionLog;
  readonly #turns: Turns;
  readonly #toolCalls = new ToolCalls();
  readonly #subagents = new Subagents(this.#toolCalls);
  readonly #streamingTexts: StreamingTexts;
  readonly #agentActivity: AgentActivity;

  readonly #handlers: ChangeHandlers = {
    'user-message': (change, event) => {
      this.#handleUserMessage(change, event);
    },
    'model-call-started': ({ eventId }, event) => {
      this.#streamingTexts.handleModelCallStarted(eventId, event);
    },
    'text-started': ({ messageId }, event) => {
      this.#streamingTexts.startText(messageId, event);
    },
    'text-grew': ({ messageId, text }, event) => {
      this.#streamingTexts.appendText(messageId, text, event);
    },
    'reasoning-grew': ({ text }, event) => {
      this.#streamingTexts.appendReasoning(text, event);
    },
    'message-completed': ({ message }, event) => {
      this.#handleMessageCompleted(message, event);
    },
    'tool-call': (change, event) => {
      this.#handleToolCall(change, event);
    },
    'tool-output': ({ toolCallId, outputSoFar }, event) => {
      const id = this.#toolCalls.getPublicId(event.agentId, toolCallId);
      this.#streamingTexts.updateToolOutput(id, outputSoFar, event);
    },
    'model-call-failed': (_change, event) => {
      this.#streamingTexts.discardAgentTexts(event);
    },
    'model-call-ended': (_change, event) => {
      this.#streamingTexts.discardAgentTexts(event);
    },
    aborted: (_change, event) => {
      this.#streamingTexts.discardAll(event.occurredAt);
    },
    'turn-failed': ({ error }, event) => {
      this.#streamingTexts.discardAll(event.occurredAt);
      this.#turns.failCurrentTurn(error, event.occurredAt);
      if (error.code === 'GITHUB_AUTH_REQUIRED') {
        this.#appendStep(event, {
          type: 'credentials.required',
          host: null,
          reason: error.message,
        });
      }
    },
    'turns-ended': ({ aborted }, event) => {
      this.interrupt(event.occurredAt);
      this.#turns.handleIdle(aborted, event.occurredAt);
    },
  };

  constructor(log: SessionLog, turns: Turns, observer?: TimelineObserver) {
    this.#log = log;
    this.#turns = turns;
    const resolveOrigin = (event: TranslatedEvent): StepOrigin => this.#resolveOrigin(event);
    this.#streamingTexts = new StreamingTexts({ log, resolveOrigin, observer });
    this.#agentActivity = new AgentActivity({
      ...{ turns, subagents: this.#subagents, resolveOrigin, observer },
      appendStep: (event, step) => {
        this.#appendStep(event, step);
      },
    });
  }

  /** A tool that only waits for a sub-agent is not at work itself. */
  get isToolRunning(): boolean {
    return this.#toolCalls.isAnyRunning(this.#subagents.awaitedToolCallIds);
  }

  /** The id by which clients know a tool call. */
  getPublicToolCallId(agentId: string | null, id: string): string {
    return this.#toolCalls.getPublicId(agentId, id);
  }

  apply(event: TranslatedEvent): void {
    for (const change of event.changes) {
      if (event.agentId !== null && turnEndingTypes.has(change.type)) continue;
      const apply = this.#handlers[change.type] as
        ((change: Change, event: TranslatedEvent) => void) | undefined;
      apply?.(change, event);
      this.#agentActivity.apply(change, event);
    }
  }

  /** The runtime has ended, or is at work on nothing: what is still open will not go on. */
  interrupt(at: Date): void {
    this.#streamingTexts.discardAll(at);
    const event = { eventId: '', occurredAt: at, agentId: null, changes: [] };
    for (const call of this.#toolCalls.open) {
      const toolCall: ToolCall = { ...call, state: 'INTERRUPTED', finishedAt: at };
      this.#appendStep(
        { ...event, agentId: call.agentId },
        { type: 'tool_call.changed', toolCall },
      );
    }
    this.#agentActivity.interrupt(event);
    this.#toolCalls.clear();
  }

  #handleUserMessage(
    { message, startsTurn }: ChangeByType<'user-message'>,
    event: TranslatedEvent,
  ): void {
    const joins = this.#turns.acceptSteeringMessage(message.id);
    if (startsTurn && !joins) this.#turns.startTurn(message.id, event.occurredAt);
    const userMessage = { ...message, turnMessageId: this.#resolveTurnId(message, event) };
    this.#appendStep(event, { type: 'user_message.added', userMessage });
  }

  #handleMessageCompleted(message: AssistantMessage, event: TranslatedEvent): void {
    const asked = {
      turnMessageId: this.#resolveTurnId(message, event),
      parentToolCallId: this.#findParentToolCallId(event),
    };
    const completed: AssistantMessage = {
      ...message,
      turnMessageId: asked.turnMessageId,
      reasoningId: message.reasoning === null ? null : this.#streamingTexts.findReasoningId(event),
      toolCalls: message.toolCalls.map((call) => ({ ...call, ...asked })),
    };
    this.#streamingTexts.completeTexts(completed, event);
    this.#turns.setReply(completed);
    this.#appendStep(event, { type: 'assistant_message.completed', assistantMessage: completed });
    for (const call of completed.toolCalls) {
      this.#toolCalls.add(call);
      this.#appendStep(event, { type: 'tool_call.changed', toolCall: call });
    }
  }

  #handleToolCall({ toolCallId, change }: ChangeByType<'tool-call'>, event: TranslatedEvent): void {
    const { agentId } = event;
    const { turnMessageId } = this.#resolveOrigin(event);
    const asked = { agentId, turnMessageId, parentToolCallId: this.#findParentToolCallId(event) };
    const toolCall = this.#toolCalls.applyChange(toolCallId, change, asked);
    this.#appendStep(event, { type: 'tool_call.changed', toolCall });
    if (change.finishedAt) {
      this.#streamingTexts.finishToolOutput(
        this.#toolCalls.getPublicId(agentId, toolCallId),
        event,
      );
    }
  }

  /**
   * The runtime names the turn that a message was sent in, not the one that it ended up in; and of a sub-agent, or
   * about one that has ended, a message that began no turn.
   */
  #resolveTurnId(message: UserMessage | AssistantMessage, event: TranslatedEvent): string | null {
    return this.#resolveOrigin(event).turnMessageId ?? message.turnMessageId;
  }

  #findParentToolCallId({ agentId }: TranslatedEvent): string | null {
    return this.#subagents.find(agentId)?.toolCallId ?? null;
  }

  #appendStep(event: TranslatedEvent, body: StepBody): void {
    this.#log.append(this.#resolveOrigin(event), body);
  }

  /** A sub-agent may go on in the background when the next turn has begun. */
  #resolveOrigin({ occurredAt, agentId }: TranslatedEvent): StepOrigin {
    const turnMessageId = this.#subagents.find(agentId)?.turnMessageId ?? this.#turns.runningId;
    return { occurredAt, turnMessageId, agentId };
  }
}
