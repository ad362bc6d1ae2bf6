import type { AssembledText, TextOrigin } from '../../events/assembled-text.ts';
import type { StepOrigin } from '../../events/event-factory.ts';
import type { AssistantMessage } from '../../events/message.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { ChangeHandler, EventOrigin } from '../translate/change.ts';

/** Is notified of a text before its first piece, and when it is complete. */
export interface TextObserver {
  handleTextOpened(text: TextOrigin): void;
  handleTextCompleted(text: TextOrigin): void;
}

interface StreamingTextsOptions {
  readonly log: SessionLog;
  readonly resolveOrigin: (event: EventOrigin) => StepOrigin;
  readonly observer: TextObserver | undefined;
}

/**
 * Projects the texts that grow while agents work: the content and the reasoning of messages, the output of tools.
 *
 *   (none) -- start, append --> open -- final --> complete
 *                               |  ^                 ^
 *        call, turn or runtime  |  | append          | final
 *        ended without a final  v  | (reasoning)     |
 *                            discarded --------------+
 *
 * A content text opens only with its start event or its final (see S5 in docs/streaming.md). The id of a reasoning
 * text is the event that started its model call (S6). Texts without a final are discarded, but the output of a tool
 * is completed as it is: what a tool has printed stays true when the tool is interrupted (S7). The observer is
 * notified of a text before its first piece, so that the text can be discarded after a restart (S15).
 */
export class StreamingTexts {
  readonly #options: StreamingTextsOptions;
  readonly #log: SessionLog;
  /** The event that started the newest model call, by agent id; null is the main agent. */
  readonly #modelCallIds = new Map<string | null, string>();

  constructor(options: StreamingTextsOptions) {
    this.#options = options;
    this.#log = options.log;
  }

  readonly handleModelCallStarted: ChangeHandler<'model-call-started'> = ({ eventId }, event) => {
    this.#modelCallIds.set(event.agentId, eventId);
  };

  readonly handleTextStarted: ChangeHandler<'text-started'> = ({ messageId }, event) => {
    this.#ensureText('CONTENT', messageId, event);
  };

  readonly handleTextAppended: ChangeHandler<'text-appended'> = ({ messageId, text }, event) => {
    this.#append(this.#log.findText('CONTENT', messageId), text, event);
  };

  readonly handleReasoningAppended: ChangeHandler<'reasoning-appended'> = (change, event) => {
    const id = this.findReasoningId(event.agentId);
    if (id === null) return;
    const known = this.#log.findText('REASONING', id);
    if (known && !known.isOpen) {
      this.#log.changeText(known, event.occurredAt, () => {
        known.reopen();
      });
    }
    this.#append(known ?? this.#ensureText('REASONING', id, event), change.text, event);
  };

  /** The model call of one agent has ended or failed: its texts that have no final text will not get one. */
  readonly handleModelCallEnded: ChangeHandler<'model-call-ended' | 'model-call-failed'> = (
    _change,
    { agentId, occurredAt },
  ) => {
    for (const text of this.#log.listOpenTexts()) {
      if (text.origin.agentId === agentId && text.origin.kind !== 'TOOL_OUTPUT') {
        this.#close(text, occurredAt);
      }
    }
  };

  /** Returns the id of the reasoning that the agent's newest model call produces; null before its first call. */
  findReasoningId(agentId: string | null): string | null {
    return this.#modelCallIds.get(agentId) ?? null;
  }

  completeTexts({ id, content, reasoning }: AssistantMessage, event: EventOrigin): void {
    const reasoningId = this.findReasoningId(event.agentId);
    if (reasoning !== null && reasoningId !== null) {
      this.#complete(this.#ensureText('REASONING', reasoningId, event), reasoning, event);
    }
    if (content !== '' || this.#log.findText('CONTENT', id)) {
      this.#complete(this.#ensureText('CONTENT', id, event), content, event);
    }
  }

  /** @param outputSoFar the whole output: the SDK declares it as partial, but the runtime repeats it each time */
  updateToolOutput(toolCallId: string, outputSoFar: string, event: EventOrigin): void {
    const text = this.#ensureText('TOOL_OUTPUT', toolCallId, event);
    const known = text.text;
    if (known === outputSoFar) return;
    this.#log.changeText(text, event.occurredAt, () => {
      if (outputSoFar.startsWith(known)) text.append(outputSoFar.slice(known.length));
      else text.replaceWith(outputSoFar);
    });
  }

  finishToolOutput(toolCallId: string, at: Date): void {
    const text = this.#log.findText('TOOL_OUTPUT', toolCallId);
    if (text?.isOpen) this.#close(text, at);
  }

  closeAll(at: Date): void {
    for (const text of this.#log.listOpenTexts()) this.#close(text, at);
  }

  #ensureText(kind: TextOrigin['kind'], id: string, event: EventOrigin): AssembledText {
    const known = this.#log.findText(kind, id);
    if (known) return known;
    const { turnMessageId, agentId } = this.#options.resolveOrigin(event);
    const origin = { kind, id, turnMessageId, agentId };
    this.#options.observer?.handleTextOpened(origin);
    return this.#log.openText(origin, event.occurredAt);
  }

  #append(text: AssembledText | undefined, piece: string, event: EventOrigin): void {
    if (!text?.isOpen) return;
    this.#log.changeText(text, event.occurredAt, () => {
      text.append(piece);
    });
  }

  #complete(text: AssembledText, final: string, event: EventOrigin): void {
    this.#log.changeText(text, event.occurredAt, () => {
      text.complete(final);
    });
    this.#options.observer?.handleTextCompleted(text.origin);
  }

  #close(text: AssembledText, at: Date): void {
    this.#log.changeText(text, at, () => {
      if (text.origin.kind === 'TOOL_OUTPUT') text.complete(text.text);
      else text.discard();
    });
  }
}
