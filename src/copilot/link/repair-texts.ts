import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { DeltaKind } from '../../events/event.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { TranslatedEvent } from '../translate/change.ts';
import { translateEvent } from '../translate/translate-event.ts';

/**
 * Open texts as the runtime's event log has them: a piece of which the push did not come would else stand behind
 * those that did. Only texts whose beginning was read.
 *
 * @returns how many were not what they should be
 */
export function repairTexts(read: readonly RuntimeEvent[], log: SessionLog): number {
  const whole = new TextRebuilder();
  for (const event of read) {
    const translated = translateEvent(event);
    if (translated) whole.add(translated);
  }
  let repaired = 0;
  for (const { kind, id, text, at } of whole.listTexts()) {
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
  /** By agent: the event that began its newest model call, which reasoning goes by. */
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

  #grow(kind: DeltaKind, id: string | undefined, piece: string): void {
    const key = `${kind}:${id ?? ''}`;
    const known = this.#texts.get(key);
    if (known) this.#texts.set(key, { ...known, text: known.text + piece });
  }

  /** A retry begins it again under the same id. */
  #forgetReasoning(agentId: string | null): void {
    const id = this.#modelCalls.get(agentId);
    const known = this.#texts.get(`REASONING:${id ?? ''}`);
    if (known) this.#begin('REASONING', known.id, known.at);
  }
}
