import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

/**
 * Finds the messages that steered a turn instead of starting one. For a message that came while the last reply was
 * written, the journal shows it only by what follows: a reply that names an older message, of a turn that neither failed
 * nor was aborted.
 */
export class SteeringMessages {
  /** Ids of user messages since the last abort or error. */
  readonly #turnIds = new Set<string>();
  /** Ids of user messages since the last reply. */
  #unanswered: string[] = [];

  /** Returns the messages that turn out to have joined a turn, and the message that started the turn. */
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

/** Returns the ids of the messages that started no turn of their own. */
export function listSteeringMessageIds(events: readonly RuntimeEvent[]): readonly string[] {
  const steeringMessages = new SteeringMessages();
  return events.flatMap((event) => steeringMessages.add(event)?.ids ?? []);
}
