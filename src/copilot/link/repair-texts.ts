import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { DeltaKind } from '../../events/event.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { TranslatedEvent } from '../translate/change.ts';
import { translateEvent } from '../translate/translate-event.ts';

/**
 * Compares the open texts of the log with the deltas that were read, and replaces those that differ: a delta whose push
 * was lost is read after later ones have been applied. Only texts whose start event was read are compared (S17 in
 * docs/streaming.md). Returns how many texts were replaced.
 */
export function repairTexts(read: readonly RuntimeEvent[], log: SessionLog): number {
  const rebuilder = new TextRebuilder();
  for (const event of read) {
    const translated = translateEvent(event);
    if (translated) rebuilder.add(translated);
  }
  let repaired = 0;
  for (const { kind, id, text, at } of rebuilder.listTexts()) {
    const held = log.findText(kind, id);
    if (!held?.isOpen || held.isFrozen || held.text === text) continue;
    repaired++;
    log.changeText(held, at, () => {
      held.replaceWith(text);
    });
  }
  return repaired;
}

interface RebuiltText {
  readonly kind: DeltaKind;
  readonly id: string;
  readonly text: string;
  readonly at: Date;
}

class TextRebuilder {
  readonly #texts = new Map<string, RebuiltText>();
  /** Start event of the newest model call of each agent: its id is the id of the reasoning text (S6). */
  readonly #modelCalls = new Map<string | null, string>();

  listTexts(): Iterable<RebuiltText> {
    return this.#texts.values();
  }

  add({ changes, agentId, occurredAt }: TranslatedEvent): void {
    for (const change of changes) {
      if (change.type === 'model-call-started') {
        this.#modelCalls.set(agentId, change.eventId);
        this.#begin('REASONING', change.eventId, occurredAt);
      } else if (change.type === 'text-started') {
        this.#begin('CONTENT', change.messageId, occurredAt);
      } else if (change.type === 'text-appended') {
        this.#grow('CONTENT', change.messageId, change.text);
      } else if (change.type === 'reasoning-appended') {
        this.#grow('REASONING', this.#modelCalls.get(agentId), change.text);
      } else if (change.type === 'model-call-failed') this.#forgetReasoning(agentId);
    }
  }

  #begin(kind: DeltaKind, id: string, at: Date): void {
    this.#texts.set(`${kind}:${id}`, { kind, id, text: '', at });
  }

  #grow(kind: DeltaKind, id: string | undefined, delta: string): void {
    const key = `${kind}:${id ?? ''}`;
    const known = this.#texts.get(key);
    if (known) this.#texts.set(key, { ...known, text: known.text + delta });
  }

  /** Empties the reasoning of a failed model call: a retry starts it again under the same id. */
  #forgetReasoning(agentId: string | null): void {
    const id = this.#modelCalls.get(agentId);
    const known = this.#texts.get(`REASONING:${id ?? ''}`);
    if (known) this.#begin('REASONING', known.id, known.at);
  }
}
