import type { StepOrigin } from '../../events/log-events.ts';
import type { AssistantMessage } from '../../events/message.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { AssembledText, TextOrigin } from '../../events/text-assembly.ts';
import type { TranslatedEvent } from '../translate/change.ts';

const MAIN_AGENT = '';

interface TimelineTextsOptions {
  readonly log: SessionLog;
  readonly originOf: (event: TranslatedEvent) => StepOrigin;
  readonly observer: TextObserver | undefined;
}

/** The texts that grow while the agents are at work. */
export class TimelineTexts {
  readonly #options: TimelineTextsOptions;
  readonly #log: SessionLog;
  /** By agent: the event that began the newest model call. Reasoning has no other id that lasts. */
  readonly #modelCalls = new Map<string, string>();

  constructor(options: TimelineTextsOptions) {
    this.#options = options;
    this.#log = options.log;
  }

  callStarted(eventId: string, { agentId }: TranslatedEvent): void {
    this.#modelCalls.set(agentId ?? MAIN_AGENT, eventId);
  }

  reasoningId({ agentId }: TranslatedEvent): string | null {
    return this.#modelCalls.get(agentId ?? MAIN_AGENT) ?? null;
  }

  start(messageId: string, event: TranslatedEvent): void {
    this.#open('CONTENT', messageId, event);
  }

  grow(messageId: string, piece: string, event: TranslatedEvent): void {
    this.#grow(this.#log.text('CONTENT', messageId), piece, event);
  }

  reason(piece: string, event: TranslatedEvent): void {
    const id = this.reasoningId(event);
    if (id === null) return;
    const known = this.#log.text('REASONING', id);
    if (known && !known.isOpen) {
      this.#log.changeText(known, event.occurredAt, () => {
        known.reopen();
      });
    }
    this.#grow(known ?? this.#open('REASONING', id, event), piece, event);
  }

  complete({ id, content, reasoning }: AssistantMessage, event: TranslatedEvent): void {
    const reasoningId = this.reasoningId(event);
    if (reasoning !== null && reasoningId !== null) {
      this.#complete(this.#open('REASONING', reasoningId, event), reasoning, event);
    }
    if (content !== '' || this.#log.text('CONTENT', id)) {
      this.#complete(this.#open('CONTENT', id, event), content, event);
    }
  }

  /** The runtime repeats the whole output each time, whatever its declarations say. */
  printed(toolCallId: string, outputSoFar: string, event: TranslatedEvent): void {
    const text = this.#open('TOOL_OUTPUT', toolCallId, event);
    const known = text.text;
    if (known === outputSoFar) return;
    this.#log.changeText(text, event.occurredAt, () => {
      if (outputSoFar.startsWith(known)) text.append(outputSoFar.slice(known.length));
      else text.become(outputSoFar);
    });
  }

  finishOutput(toolCallId: string, { occurredAt }: TranslatedEvent): void {
    const text = this.#log.text('TOOL_OUTPUT', toolCallId);
    if (text?.isOpen) this.#close(text, occurredAt);
  }

  /** Of one agent, whose model call will not finish them. */
  discardOpen({ agentId, occurredAt }: TranslatedEvent): void {
    for (const text of [...this.#log.openTexts()]) {
      if (text.origin.agentId === agentId && text.origin.kind !== 'TOOL_OUTPUT') {
        this.#close(text, occurredAt);
      }
    }
  }

  discardAll(at: Date): void {
    for (const text of [...this.#log.openTexts()]) this.#close(text, at);
  }

  #open(kind: TextOrigin['kind'], id: string, event: TranslatedEvent): AssembledText {
    const known = this.#log.text(kind, id);
    if (known) return known;
    const { turnMessageId, agentId } = this.#options.originOf(event);
    const origin = { kind, id, turnMessageId, agentId };
    this.#options.observer?.opened(origin);
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
    this.#options.observer?.completed(text.origin);
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
  opened(text: TextOrigin): void;
  completed(text: TextOrigin): void;
}
