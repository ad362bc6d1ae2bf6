import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

/**
 * The messages that steered a turn instead of starting one. Of one that came while the last answer was being
 * written, the journal says so only by what follows: an answer that names an older message, of a turn that
 * did not fail and that nobody stopped.
 */
export class JoinedMessages {
  /** Since the last stop. */
  readonly #turns = new Set<string>();
  /** Since the last answer. */
  #unanswered: string[] = [];

  /** @returns the messages that now turn out to have joined a turn, with the message that started it */
  add(event: RuntimeEvent): { readonly ids: readonly string[]; readonly turn: string } | undefined {
    if (event.agentId !== undefined) return undefined;
    if (event.type === 'abort' || event.type === 'session.error') this.#turns.clear();
    else if (event.type === 'user.message') this.#asked(event.data.messageId);
    else if (event.type === 'assistant.message') {
      return this.#answered(event.data.originatingMessageId);
    }
    return undefined;
  }

  #asked(messageId: string | undefined): void {
    if (messageId === undefined) return;
    this.#turns.add(messageId);
    this.#unanswered.push(messageId);
  }

  #answered(
    turn: string | undefined,
  ): { readonly ids: readonly string[]; readonly turn: string } | undefined {
    const ids = this.#unanswered;
    this.#unanswered = [];
    if (turn === undefined || !this.#turns.has(turn) || ids.includes(turn)) return undefined;
    return { ids, turn };
  }
}

/** Ids of the messages that started no turn of their own. */
export function joinedIn(events: readonly RuntimeEvent[]): readonly string[] {
  const joined = new JoinedMessages();
  return events.flatMap((event) => joined.add(event)?.ids ?? []);
}
