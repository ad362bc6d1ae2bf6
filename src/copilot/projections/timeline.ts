import type { StepBody } from '../../events/event.ts';
import type { StepOrigin } from '../../events/log-events.ts';
import type { AssistantMessage, ToolCall, UserMessage } from '../../events/message.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { Change, ChangeOf, TranslatedEvent } from '../translate/change.ts';
import { type ReportObserver, Reports } from './agent-activity.ts';
import type { TextObserver } from './streaming-texts.ts';
import { TimelineTexts } from './streaming-texts.ts';
import { Subagents } from './subagents.ts';
import { ToolCalls } from './tool-calls.ts';
import type { Turns } from './turns.ts';

type Apply = {
  readonly [T in Change['type']]?: (change: ChangeOf<T>, event: TranslatedEvent) => void;
};

/** Of a sub-agent they say nothing about the turn. */
const endsTurns: ReadonlySet<Change['type']> = new Set(['turn-failed', 'turns-ended', 'aborted']);

export type TimelineObserver = TextObserver & ReportObserver;

/** Puts what the runtime reports into the session's log, as objects that are complete at each step. */
export class Timeline {
  readonly #log: SessionLog;
  readonly #turns: Turns;
  readonly #toolCalls = new ToolCalls();
  readonly #subagents = new Subagents(this.#toolCalls);
  readonly #texts: TimelineTexts;
  readonly #reports: Reports;

  readonly #apply: Apply = {
    'user-message': (change, event) => {
      this.#userMessage(change, event);
    },
    'model-call-started': ({ eventId }, event) => {
      this.#texts.callStarted(eventId, event);
    },
    'text-started': ({ messageId }, event) => {
      this.#texts.start(messageId, event);
    },
    'text-grew': ({ messageId, text }, event) => {
      this.#texts.grow(messageId, text, event);
    },
    'reasoning-grew': ({ text }, event) => {
      this.#texts.reason(text, event);
    },
    'message-completed': ({ message }, event) => {
      this.#messageCompleted(message, event);
    },
    'tool-call': (change, event) => {
      this.#toolCall(change, event);
    },
    'tool-output': ({ toolCallId, outputSoFar }, event) => {
      const id = this.#toolCalls.publicId(event.agentId, toolCallId);
      this.#texts.printed(id, outputSoFar, event);
    },
    'model-call-failed': (_change, event) => {
      this.#texts.discardOpen(event);
    },
    'model-call-ended': (_change, event) => {
      this.#texts.discardOpen(event);
    },
    aborted: (_change, event) => {
      this.#texts.discardAll(event.occurredAt);
    },
    'turn-failed': ({ error }, event) => {
      this.#texts.discardAll(event.occurredAt);
      this.#turns.failed(error, event.occurredAt);
      if (error.code === 'GITHUB_AUTH_REQUIRED') {
        this.#append(event, { type: 'credentials.required', host: null, reason: error.message });
      }
    },
    'turns-ended': ({ aborted }, event) => {
      this.interrupt(event.occurredAt);
      this.#turns.idle(aborted, event.occurredAt);
    },
  };

  constructor(log: SessionLog, turns: Turns, observer?: TimelineObserver) {
    this.#log = log;
    this.#turns = turns;
    const originOf = (event: TranslatedEvent): StepOrigin => this.#originOf(event);
    this.#texts = new TimelineTexts({ log, originOf, observer });
    this.#reports = new Reports({
      ...{ turns, subagents: this.#subagents, originOf, observer },
      append: (event, step) => {
        this.#append(event, step);
      },
    });
  }

  /** A tool that only waits for a sub-agent is not at work itself. */
  get isToolRunning(): boolean {
    return this.#toolCalls.isAnyRunning(this.#subagents.awaitedBy);
  }

  /** The id by which clients know a tool call. */
  callId(agentId: string | null, id: string): string {
    return this.#toolCalls.publicId(agentId, id);
  }

  apply(event: TranslatedEvent): void {
    for (const change of event.changes) {
      if (event.agentId !== null && endsTurns.has(change.type)) continue;
      const apply = this.#apply[change.type] as
        ((change: Change, event: TranslatedEvent) => void) | undefined;
      apply?.(change, event);
      this.#reports.apply(change, event);
    }
  }

  /** The runtime has ended, or is at work on nothing: what is still open will not go on. */
  interrupt(at: Date): void {
    this.#texts.discardAll(at);
    const event = { eventId: '', occurredAt: at, agentId: null, changes: [] };
    for (const call of this.#toolCalls.open) {
      const toolCall: ToolCall = { ...call, state: 'INTERRUPTED', finishedAt: at };
      this.#append({ ...event, agentId: call.agentId }, { type: 'tool_call.changed', toolCall });
    }
    this.#reports.interrupt(event);
    this.#toolCalls.clear();
  }

  #userMessage({ message, startsTurn }: ChangeOf<'user-message'>, event: TranslatedEvent): void {
    const joins = this.#turns.takesUp(message.id);
    if (startsTurn && !joins) this.#turns.started(message.id, event.occurredAt);
    const userMessage = { ...message, turnMessageId: this.#turnOf(message, event) };
    this.#append(event, { type: 'user_message.added', userMessage });
  }

  #messageCompleted(message: AssistantMessage, event: TranslatedEvent): void {
    const asked = {
      turnMessageId: this.#turnOf(message, event),
      parentToolCallId: this.#parentCallOf(event),
    };
    const completed: AssistantMessage = {
      ...message,
      turnMessageId: asked.turnMessageId,
      reasoningId: message.reasoning === null ? null : this.#texts.reasoningId(event),
      toolCalls: message.toolCalls.map((call) => ({ ...call, ...asked })),
    };
    this.#texts.complete(completed, event);
    this.#turns.replied(completed);
    this.#append(event, { type: 'assistant_message.completed', assistantMessage: completed });
    for (const call of completed.toolCalls) {
      this.#toolCalls.add(call);
      this.#append(event, { type: 'tool_call.changed', toolCall: call });
    }
  }

  #toolCall({ toolCallId, change }: ChangeOf<'tool-call'>, event: TranslatedEvent): void {
    const { agentId } = event;
    const { turnMessageId } = this.#originOf(event);
    const asked = { agentId, turnMessageId, parentToolCallId: this.#parentCallOf(event) };
    const toolCall = this.#toolCalls.change(toolCallId, change, asked);
    this.#append(event, { type: 'tool_call.changed', toolCall });
    if (change.finishedAt) {
      this.#texts.finishOutput(this.#toolCalls.publicId(agentId, toolCallId), event);
    }
  }

  /**
   * The runtime names the turn that a message was sent in, not the one that it ended up in; and of a sub-agent, or
   * about one that has ended, a message that began no turn.
   */
  #turnOf(message: UserMessage | AssistantMessage, event: TranslatedEvent): string | null {
    return this.#originOf(event).turnMessageId ?? message.turnMessageId;
  }

  #parentCallOf({ agentId }: TranslatedEvent): string | null {
    return this.#subagents.find(agentId)?.toolCallId ?? null;
  }

  #append(event: TranslatedEvent, body: StepBody): void {
    this.#log.append(this.#originOf(event), body);
  }

  /** A sub-agent may go on in the background when the next turn has begun. */
  #originOf({ occurredAt, agentId }: TranslatedEvent): StepOrigin {
    const turnMessageId = this.#subagents.find(agentId)?.turnMessageId ?? this.#turns.running;
    return { occurredAt, turnMessageId, agentId };
  }
}
