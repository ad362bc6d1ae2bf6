import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

/**
 * The messages that steered a turn instead of starting one. Of one that came while the last answer was being
 * written, the journal says so only by what follows: an answer that names an older message, of a turn that
 * did not fail and that nobody stopped.
 */
export class SteeringMessages {
  /** Since the last stop. */
  readonly #turnIds = new Set<string>();
  /** Since the last answer. */
  #unanswered: string[] = [];

  /** @returns the messages that now turn out to have joined a turn, with the message that started it */
  add(event: RuntimeEvent): { readonly ids: readonly string[]; readonly turn: string } | undefined {
    if (event.agentId !== undefined) return undefined;
    if (event.type === 'abort' || event.type === 'session.error') this.#turnIds.clear();
    else if (event.type === 'user.message') this.#handleUserMessage(event.data.messageId);
    else if (event.type === 'assistant.message') {
      return this.#handleAssistantMessage(event.data.originatingMessageId);
    }
    return undefined;
  }

  #handleUserMessage(messageId: string | undefined): void {
    if (messageId === undefined) return;
    this.#turnIds.add(messageId);
    this.#unanswered.push(messageId);
  }

  #handleAssistantMessage(
    turn: string | undefined,
  ): { readonly ids: readonly string[]; readonly turn: string } | undefined {
    const ids = this.#unanswered;
    this.#unanswered = [];
    if (turn === undefined || !this.#turnIds.has(turn) || ids.includes(turn)) return undefined;
    return { ids, turn };
  }
}

/** Ids of the messages that started no turn of their own. */
export function listSteeringMessageIds(events: readonly RuntimeEvent[]): readonly string[] {
  const joined = new SteeringMessages();
  return events.flatMap((event) => joined.add(event)?.ids ?? []);
}
