import type { StepBody } from '../../events/event.ts';
import type { StepOrigin } from '../../events/event-factory.ts';
import type { AssistantMessage, ToolCall, UserMessage } from '../../events/message.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { ChangeHandler, EventOrigin } from '../translate/change.ts';
import { AgentActivity, type AgentActivityObserver } from './agent-activity.ts';
import { StreamingTexts, type TextObserver } from './streaming-texts.ts';
import { Subagents } from './subagents.ts';
import { ToolCalls } from './tool-calls.ts';
import type { Turns } from './turns.ts';

export type TimelineObserver = TextObserver & AgentActivityObserver;

/**
 * Projects the changes of a session into its log.
 *
 *   changes -> Timeline (messages, tool calls, ends of turns) --+
 *              texts: StreamingTexts (text as it grows) --------+--> SessionLog
 *              activity: AgentActivity (everything else) -------+
 *
 * 1. Every step holds its object complete: a client replaces what it has by the id of the object.
 * 2. A step belongs to the turn of its sub-agent, else to the running turn.
 * 3. When the runtime is idle or stopped, nothing stays open: texts are discarded, tool calls INTERRUPTED and
 *    sub-agents CANCELLED before the turn ends.
 *
 * `link/change-routes.ts` lists which change calls which handler.
 */
export class Timeline {
  readonly texts: StreamingTexts;
  readonly activity: AgentActivity;
  readonly #log: SessionLog;
  readonly #turns: Turns;
  readonly #toolCalls = new ToolCalls();
  readonly #subagents = new Subagents(this.#toolCalls);

  constructor(log: SessionLog, turns: Turns, observer?: TimelineObserver) {
    this.#log = log;
    this.#turns = turns;
    const resolveOrigin = (event: EventOrigin): StepOrigin => this.#resolveOrigin(event);
    this.texts = new StreamingTexts({ log, resolveOrigin, observer });
    this.activity = new AgentActivity({
      turns,
      subagents: this.#subagents,
      resolveOrigin,
      appendStep: (event, step) => {
        this.#appendStep(event, step);
      },
      observer,
    });
  }

  /** True while a tool runs; a tool that only waits for a sub-agent does not count. */
  get isToolRunning(): boolean {
    return this.#toolCalls.isAnyRunning(this.#subagents.awaitedToolCallIds);
  }

  /** Returns the id by which clients know a tool call. */
  getPublicToolCallId(agentId: string | null, id: string): string {
    return this.#toolCalls.getPublicId(agentId, id);
  }

  readonly handleUserMessageAdded: ChangeHandler<'user-message-added'> = (change, event) => {
    const { message, startsTurn } = change;
    const steersTurn = this.#turns.handleMessageAdded(message.id);
    if (startsTurn && !steersTurn) this.#turns.handleTurnStarted(message.id, event.occurredAt);
    const userMessage = { ...message, turnMessageId: this.#resolveTurnId(message, event) };
    this.#appendStep(event, { type: 'user_message.added', userMessage });
  };

  readonly handleMessageCompleted: ChangeHandler<'message-completed'> = ({ message }, event) => {
    const origin = {
      turnMessageId: this.#resolveTurnId(message, event),
      parentToolCallId: this.#findParentToolCallId(event),
    };
    const completed: AssistantMessage = {
      ...message,
      turnMessageId: origin.turnMessageId,
      reasoningId: message.reasoning === null ? null : this.texts.findReasoningId(event.agentId),
      toolCalls: message.toolCalls.map((call) => ({ ...call, ...origin })),
    };
    this.texts.completeTexts(completed, event);
    this.#turns.handleReply(completed);
    this.#appendStep(event, { type: 'assistant_message.completed', assistantMessage: completed });
    for (const call of completed.toolCalls) {
      this.#toolCalls.add(call);
      this.#appendStep(event, { type: 'tool_call.changed', toolCall: call });
    }
  };

  readonly handleToolCallChanged: ChangeHandler<'tool-call-changed'> = (change, event) => {
    const { agentId, occurredAt } = event;
    const toolCall = this.#toolCalls.applyChange(change.toolCallId, change.change, {
      agentId,
      turnMessageId: this.#resolveOrigin(event).turnMessageId,
      parentToolCallId: this.#findParentToolCallId(event),
    });
    this.#appendStep(event, { type: 'tool_call.changed', toolCall });
    if (change.change.finishedAt) {
      const publicId = this.#toolCalls.getPublicId(agentId, change.toolCallId);
      this.texts.finishToolOutput(publicId, occurredAt);
    }
  };

  readonly handleToolOutputChanged: ChangeHandler<'tool-output-changed'> = (change, event) => {
    const id = this.#toolCalls.getPublicId(event.agentId, change.toolCallId);
    this.texts.updateToolOutput(id, change.outputSoFar, event);
  };

  readonly handleTurnFailed: ChangeHandler<'turn-failed'> = ({ error }, event) => {
    this.texts.closeAll(event.occurredAt);
    this.#turns.handleTurnFailed(error, event.occurredAt);
    if (error.code === 'GITHUB_AUTH_REQUIRED') {
      this.#appendStep(event, {
        type: 'credentials.required',
        host: null,
        reason: error.message,
      });
    }
  };

  readonly handleTurnAborted: ChangeHandler<'turn-aborted'> = (_change, { occurredAt }) => {
    this.texts.closeAll(occurredAt);
  };

  readonly handleIdle: ChangeHandler<'session-idle'> = ({ aborted }, { occurredAt }) => {
    this.interrupt(occurredAt);
    this.#turns.handleIdle(aborted, occurredAt);
  };

  /** Ends everything that is open: the runtime has stopped, or is idle. */
  interrupt(at: Date): void {
    this.texts.closeAll(at);
    for (const call of this.#toolCalls.open) {
      const toolCall: ToolCall = { ...call, state: 'INTERRUPTED', finishedAt: at };
      this.#appendStep(
        { occurredAt: at, agentId: call.agentId },
        { type: 'tool_call.changed', toolCall },
      );
    }
    this.activity.interrupt(at);
    this.#toolCalls.clear();
  }

  /**
   * `turnMessageId` of a message is only a fallback: the runtime names the turn in which the message was sent, which
   * may differ from the turn that handled it. For a sub-agent it may name a message that never started a turn.
   */
  #resolveTurnId(message: UserMessage | AssistantMessage, event: EventOrigin): string | null {
    return this.#resolveOrigin(event).turnMessageId ?? message.turnMessageId;
  }

  #findParentToolCallId({ agentId }: EventOrigin): string | null {
    return this.#subagents.find(agentId)?.toolCallId ?? null;
  }

  #appendStep(event: EventOrigin, body: StepBody): void {
    this.#log.append(this.#resolveOrigin(event), body);
  }

  /** A sub-agent may continue in the background while the next turn runs: its steps stay in its own turn. */
  #resolveOrigin({ occurredAt, agentId }: EventOrigin): StepOrigin {
    const turnMessageId = this.#subagents.find(agentId)?.turnMessageId ?? this.#turns.runningId;
    return { occurredAt, turnMessageId, agentId };
  }
}
