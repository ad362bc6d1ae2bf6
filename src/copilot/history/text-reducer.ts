import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { DeltaKind } from '../../events/event.ts';
import type { Change, TranslatedEvent } from '../translate/change.ts';
import { translateEvent } from '../translate/translate-event.ts';

export interface ReducedText {
  readonly kind: DeltaKind;
  readonly id: string;
  readonly text: string;
  readonly startedAt: Date;
}

/** Reduces events, oldest first, to the texts that they stream and the texts that they complete. */
export class TextReducer {
  readonly #texts = new Map<string, ReducedText>();
  readonly #completedKeys = new Set<string>();
  /** By agent: id of the event that started its newest model call, which is the id of the reasoning text (S6). */
  readonly #modelCallIds = new Map<string | null, string>();

  /** The texts whose start was among the events. */
  get texts(): Iterable<ReducedText> {
    return this.#texts.values();
  }

  hasCompleted(kind: DeltaKind, id: string): boolean {
    return this.#completedKeys.has(toKey(kind, id));
  }

  add(event: RuntimeEvent): void {
    const translated = translateEvent(event);
    if (!translated) return;
    for (const change of translated.changes) this.#reduce(change, translated);
  }

  #reduce(change: Change, { agentId, occurredAt }: TranslatedEvent): void {
    if (change.type === 'model-call-started') {
      this.#modelCallIds.set(agentId, change.eventId);
      this.#start('REASONING', change.eventId, occurredAt);
    } else if (change.type === 'text-started') {
      this.#start('CONTENT', change.messageId, occurredAt);
    } else if (change.type === 'text-appended') {
      this.#append('CONTENT', change.messageId, change.text);
    } else if (change.type === 'reasoning-appended') {
      this.#append('REASONING', this.#modelCallIds.get(agentId), change.text);
    } else if (change.type === 'model-call-failed') {
      this.#restartReasoning(agentId);
    } else if (change.type === 'message-completed') {
      const { id, reasoning } = change.message;
      this.#complete('CONTENT', id);
      if (reasoning !== null) this.#complete('REASONING', this.#modelCallIds.get(agentId));
    }
  }

  #start(kind: DeltaKind, id: string, startedAt: Date): void {
    this.#texts.set(toKey(kind, id), { kind, id, text: '', startedAt });
  }

  #append(kind: DeltaKind, id: string | undefined, piece: string): void {
    const known = id === undefined ? undefined : this.#texts.get(toKey(kind, id));
    if (known) this.#texts.set(toKey(kind, known.id), { ...known, text: known.text + piece });
  }

  #complete(kind: DeltaKind, id: string | undefined): void {
    if (id !== undefined) this.#completedKeys.add(toKey(kind, id));
  }

  /** A retry streams the reasoning again under the same id. */
  #restartReasoning(agentId: string | null): void {
    const id = this.#modelCallIds.get(agentId);
    const known = id === undefined ? undefined : this.#texts.get(toKey('REASONING', id));
    if (known) this.#start('REASONING', known.id, known.startedAt);
  }
}

function toKey(kind: DeltaKind, id: string): string {
  return `${kind}:${id}`;
}
