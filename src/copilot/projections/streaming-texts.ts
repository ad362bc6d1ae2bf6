import type { AssembledText, TextOrigin } from '../../events/assembled-text.ts';
import type { StepOrigin } from '../../events/event-factory.ts';
import type { AssistantMessage } from '../../events/message.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { TranslatedEvent } from '../translate/change.ts';

const MAIN_AGENT = '';

interface StreamingTextsOptions {
  readonly log: SessionLog;
  readonly resolveOrigin: (event: TranslatedEvent) => StepOrigin;
  readonly observer: TextObserver | undefined;
}

/** The texts that grow while the agents are at work. */
export class StreamingTexts {
  readonly #options: StreamingTextsOptions;
  readonly #log: SessionLog;
  /** By agent: the event that began the newest model call. Reasoning has no other id that lasts. */
  readonly #modelCallIds = new Map<string, string>();

  constructor(options: StreamingTextsOptions) {
    this.#options = options;
    this.#log = options.log;
  }

  handleModelCallStarted(eventId: string, { agentId }: TranslatedEvent): void {
    this.#modelCallIds.set(agentId ?? MAIN_AGENT, eventId);
  }

  findReasoningId({ agentId }: TranslatedEvent): string | null {
    return this.#modelCallIds.get(agentId ?? MAIN_AGENT) ?? null;
  }

  startText(messageId: string, event: TranslatedEvent): void {
    this.#ensureText('CONTENT', messageId, event);
  }

  appendText(messageId: string, piece: string, event: TranslatedEvent): void {
    this.#append(this.#log.findText('CONTENT', messageId), piece, event);
  }

  appendReasoning(piece: string, event: TranslatedEvent): void {
    const id = this.findReasoningId(event);
    if (id === null) return;
    const known = this.#log.findText('REASONING', id);
    if (known && !known.isOpen) {
      this.#log.changeText(known, event.occurredAt, () => {
        known.reopen();
      });
    }
    this.#append(known ?? this.#ensureText('REASONING', id, event), piece, event);
  }

  completeTexts({ id, content, reasoning }: AssistantMessage, event: TranslatedEvent): void {
    const reasoningId = this.findReasoningId(event);
    if (reasoning !== null && reasoningId !== null) {
      this.#complete(this.#ensureText('REASONING', reasoningId, event), reasoning, event);
    }
    if (content !== '' || this.#log.findText('CONTENT', id)) {
      this.#complete(this.#ensureText('CONTENT', id, event), content, event);
    }
  }

  /** The runtime repeats the whole output each time, whatever its declarations say. */
  updateToolOutput(toolCallId: string, outputSoFar: string, event: TranslatedEvent): void {
    const text = this.#ensureText('TOOL_OUTPUT', toolCallId, event);
    const known = text.text;
    if (known === outputSoFar) return;
    this.#log.changeText(text, event.occurredAt, () => {
      if (outputSoFar.startsWith(known)) text.append(outputSoFar.slice(known.length));
      else text.replaceWith(outputSoFar);
    });
  }

  finishToolOutput(toolCallId: string, { occurredAt }: TranslatedEvent): void {
    const text = this.#log.findText('TOOL_OUTPUT', toolCallId);
    if (text?.isOpen) this.#close(text, occurredAt);
  }

  /** Of one agent, whose model call will not finish them. */
  discardAgentTexts({ agentId, occurredAt }: TranslatedEvent): void {
    for (const text of [...this.#log.listOpenTexts()]) {
      if (text.origin.agentId === agentId && text.origin.kind !== 'TOOL_OUTPUT') {
        this.#close(text, occurredAt);
      }
    }
  }

  discardAll(at: Date): void {
    for (const text of [...this.#log.listOpenTexts()]) this.#close(text, at);
  }

  #ensureText(kind: TextOrigin['kind'], id: string, event: TranslatedEvent): AssembledText {
    const known = this.#log.findText(kind, id);
    if (known) return known;
    const { turnMessageId, agentId } = this.#options.resolveOrigin(event);
    const origin = { kind, id, turnMessageId, agentId };
    this.#options.observer?.handleTextOpened(origin);
    return this.#log.openText(origin, event.occurredAt);
  }

  #append(text: AssembledText | undefined, piece: string, event: TranslatedEvent): void {
    if (text?.isOpen)
      this.#log.changeText(text, event.occurredAt, () => {
        text.append(piece);
      });
  }

  #complete(text: AssembledText, final: string, event: TranslatedEvent): void {
    this.#log.changeText(text, event.occurredAt, () => {
      text.complete(final);
    });
    this.#options.observer?.handleTextCompleted(text.origin);
  }

  /** What a tool has printed stays true when it is cut short; a message's text does not. */
  #close(text: AssembledText, at: Date): void {
    this.#log.changeText(text, at, () => {
      if (text.origin.kind === 'TOOL_OUTPUT') text.complete(text.text);
      else text.discard();
    });
  }
}

/** Learns of texts before their first piece and after their final. */
export interface TextObserver {
  handleTextOpened(text: TextOrigin): void;
  handleTextCompleted(text: TextOrigin): void;
}
