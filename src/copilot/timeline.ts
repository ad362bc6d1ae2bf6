import type { StepBody } from '../events/event.ts';
import { toolCallId } from '../events/ids.ts';
import type { AssistantMessage, ToolCall, UserMessage } from '../events/message.ts';
import type { SessionLog } from '../events/session-log.ts';
import type { AssembledText } from '../events/text-assembly.ts';
import type { Change, ToolCallChange, TranslatedEvent } from './change.ts';
import type { TextObserver } from './text-observer.ts';
import { emptyToolCall } from './translate-event.ts';
import type { Turns } from './turns.ts';

type ChangeOf<T extends Change['type']> = Extract<Change, { type: T }>;
type Apply = {
  readonly [T in Change['type']]?: (change: ChangeOf<T>, event: TranslatedEvent) => void;
};

const MAIN_AGENT = '';

/** Of a sub-agent they say nothing about the turn. */
const endsTurns: ReadonlySet<Change['type']> = new Set(['turn-failed', 'turns-ended', 'aborted']);

/** Puts what the runtime reports into the session's log, as objects that are complete at each step. */
export class Timeline {
  readonly #log: SessionLog;
  readonly #turns: Turns;
  readonly #texts: TextObserver | undefined;
  /** By the model server's id, which is unique among the calls that are under way. */
  readonly #toolCalls = new Map<string, ToolCall>();
  /** By agent: the event that began the newest model call. Reasoning has no other id that lasts. */
  readonly #modelCalls = new Map<string, string>();

  readonly #apply: Apply = {
    'user-message': (change, event) => {
      this.#userMessage(change, event);
    },
    'model-call-started': ({ eventId }, { agentId }) => {
      this.#modelCalls.set(agentId ?? MAIN_AGENT, eventId);
    },
    'text-started': ({ messageId }, event) => {
      this.#open('CONTENT', messageId, event);
    },
    'text-grew': (change, event) => {
      this.#grow(this.#log.text('CONTENT', change.messageId), change.text, event);
    },
    'reasoning-grew': ({ text }, event) => {
      this.#reason(text, event);
    },
    'message-completed': ({ message }, event) => {
      this.#messageCompleted(message, event);
    },
    'tool-call': ({ toolCallId: id, change }, event) => {
      this.#toolCall(id, change, event);
    },
    'tool-output': (change, event) => {
      this.#toolOutput(change, event);
    },
    'model-call-failed': (_change, event) => {
      this.#discardOpen(event);
    },
    'model-call-ended': (_change, event) => {
      this.#discardOpen(event);
    },
    aborted: (_change, event) => {
      this.discardAll(event.occurredAt);
    },
    'turn-failed': ({ error }, event) => {
      this.discardAll(event.occurredAt);
      this.#turns.failed(error, event.occurredAt);
    },
    'turns-ended': ({ aborted }, event) => {
      this.discardAll(event.occurredAt);
      this.#toolCalls.clear();
      this.#turns.idle(aborted, event.occurredAt);
    },
    'request-resolved': ({ type: _type, ...resolved }, event) => {
      this.#append(event, { type: 'request.resolved', ...resolved });
    },
    warning: ({ type: _type, ...warning }, event) => {
      this.#append(event, { type: 'session.warning', ...warning });
    },
    notice: ({ notice }, event) => {
      this.#append(event, { type: 'session.info', ...notice });
    },
  };

  constructor(log: SessionLog, turns: Turns, texts?: TextObserver) {
    this.#log = log;
    this.#turns = turns;
    this.#texts = texts;
  }

  get isToolRunning(): boolean {
    return [...this.#toolCalls.values()].some(({ state }) => state === 'RUNNING');
  }

  apply(event: TranslatedEvent): void {
    for (const change of event.changes) {
      if (event.agentId !== null && endsTurns.has(change.type)) continue;
      const apply = this.#apply[change.type] as
        ((change: Change, event: TranslatedEvent) => void) | undefined;
      apply?.(change, event);
    }
  }

  /** The runtime has ended, or is at work on nothing: what is still open will not go on. */
  interrupt(at: Date): void {
    this.discardAll(at);
    const event = { eventId: '', occurredAt: at, agentId: null, changes: [] };
    for (const call of this.#toolCalls.values()) {
      if (call.finishedAt) continue;
      this.#setToolCall({ ...call, state: 'INTERRUPTED', finishedAt: at }, event);
    }
    this.#toolCalls.clear();
  }

  /** Of a turn that has ended: what is still open will not be finished. */
  discardAll(at: Date): void {
    for (const text of [...this.#log.openTexts()]) this.#close(text, at);
  }

  #userMessage({ message, startsTurn }: ChangeOf<'user-message'>, event: TranslatedEvent): void {
    const joins = this.#turns.takesUp(message.id);
    if (startsTurn && !joins) this.#turns.started(message.id, event.occurredAt);
    this.#append(event, { type: 'user_message.added', userMessage: this.#ofTurn(message, event) });
  }

  #messageCompleted(message: AssistantMessage, event: TranslatedEvent): void {
    const reasoningId = this.#reasoningId(event);
    const completed = this.#ofTurn(
      { ...message, reasoningId: message.reasoning === null ? null : reasoningId },
      event,
    );
    if (message.reasoning !== null && reasoningId !== null) {
      this.#complete(this.#open('REASONING', reasoningId, event), message.reasoning, event);
    }
    if (message.content !== '' || this.#log.text('CONTENT', message.id)) {
      this.#complete(this.#open('CONTENT', message.id, event), message.content, event);
    }
    this.#turns.replied(completed);
    this.#append(event, { type: 'assistant_message.completed', assistantMessage: completed });
    for (const call of completed.toolCalls) {
      this.#setToolCall({ ...call, turnMessageId: completed.turnMessageId }, event);
    }
  }

  #toolCall(id: string, change: ToolCallChange, event: TranslatedEvent): void {
    const known = this.#toolCalls.get(id) ?? {
      ...emptyToolCall,
      toolCallId: id,
      agentId: event.agentId,
      turnMessageId: this.#turns.running,
    };
    this.#setToolCall({ ...known, ...change }, event);
    if (change.finishedAt) this.#finishOutput(id, event.occurredAt);
  }

  #setToolCall(call: ToolCall, event: TranslatedEvent): void {
    this.#toolCalls.set(call.toolCallId, call);
    this.#append(event, { type: 'tool_call.changed', toolCall: call });
  }

  /** The runtime repeats the whole output each time, whatever its declarations say. */
  #toolOutput(
    { toolCallId: id, outputSoFar }: ChangeOf<'tool-output'>,
    event: TranslatedEvent,
  ): void {
    const call = this.#toolCalls.get(id);
    const key = toolCallId(call?.messageId ?? null, id);
    const text = this.#log.text('TOOL_OUTPUT', key) ?? this.#open('TOOL_OUTPUT', key, event);
    const known = text.text;
    if (known === outputSoFar) return;
    this.#log.changeText(text, event.occurredAt, () => {
      if (outputSoFar.startsWith(known)) text.append(outputSoFar.slice(known.length));
      else text.become(outputSoFar);
    });
  }

  #finishOutput(id: string, at: Date): void {
    const text = this.#log.text(
      'TOOL_OUTPUT',
      toolCallId(this.#toolCalls.get(id)?.messageId ?? null, id),
    );
    if (text?.isOpen) this.#close(text, at);
  }

  #reason(piece: string, event: TranslatedEvent): void {
    const id = this.#reasoningId(event);
    if (id === null) return;
    const known = this.#log.text('REASONING', id);
    if (known && !known.isOpen) {
      this.#log.changeText(known, event.occurredAt, () => {
        known.reopen();
      });
    }
    this.#grow(known ?? this.#open('REASONING', id, event), piece, event);
  }

  #reasoningId(event: TranslatedEvent): string | null {
    return this.#modelCalls.get(event.agentId ?? MAIN_AGENT) ?? null;
  }

  #open(kind: AssembledText['origin']['kind'], id: string, event: TranslatedEvent): AssembledText {
    const known = this.#log.text(kind, id);
    if (known) return known;
    const origin = { kind, id, turnMessageId: this.#turns.running, agentId: event.agentId };
    this.#texts?.opened(origin);
    return this.#log.openText(origin, event.occurredAt);
  }

  #grow(text: AssembledText | undefined, piece: string, event: TranslatedEvent): void {
    if (text?.isOpen)
      this.#log.changeText(text, event.occurredAt, () => {
        text.append(piece);
      });
  }

  #complete(text: AssembledText, final: string, event: TranslatedEvent): void {
    this.#log.changeText(text, event.occurredAt, () => {
      text.complete(final);
    });
    this.#texts?.completed(text.origin);
  }

  #discardOpen(event: TranslatedEvent): void {
    for (const text of [...this.#log.openTexts()]) {
      if (text.origin.agentId === event.agentId && text.origin.kind !== 'TOOL_OUTPUT') {
        this.#close(text, event.occurredAt);
      }
    }
  }

  /** What a tool has printed stays true when it is cut short; a message's text does not. */
  #close(text: AssembledText, at: Date): void {
    this.#log.changeText(text, at, () => {
      if (text.origin.kind === 'TOOL_OUTPUT') text.complete(text.text);
      else text.discard();
    });
  }

  /** The runtime names the turn that a message was sent in, not the one that it ended up in. */
  #ofTurn<M extends UserMessage | AssistantMessage>(message: M, { agentId }: TranslatedEvent): M {
    const { running } = this.#turns;
    const own = agentId === null ? (running ?? message.turnMessageId) : message.turnMessageId;
    return { ...message, turnMessageId: own ?? running };
  }

  #append(event: TranslatedEvent, body: StepBody): void {
    const { occurredAt, agentId } = event;
    this.#log.append({ occurredAt, turnMessageId: this.#turns.running, agentId }, body);
  }
}
