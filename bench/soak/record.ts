import { knownAnswer, type Order, seedIn } from '../support/model-prompts.ts';

/** A text that a reader saw to its end. */
export interface CompletedRead {
  readonly messageId: string;
  readonly text: string;
}

/** What was ordered, what was read, and what of it was wrong. */
export class SoakRecord {
  readonly counts = {
    turns: 0,
    failedTurns: 0,
    joins: 0,
    leaves: 0,
    cuts: 0,
    stalls: 0,
    gatewayKills: 0,
    runtimeKills: 0,
    expiredCursors: 0,
  };
  readonly faults: string[] = [];
  readonly #orders = new Map<number, Order>();
  readonly #reads = new Map<string, Set<string>>();
  #completed = 0;

  get completed(): number {
    return this.#completed;
  }

  order(order: Order & { readonly seed: number }): void {
    this.#orders.set(order.seed, order);
  }

  /** Is compared at once with what the model was to say. */
  read({ messageId, text }: CompletedRead): void {
    this.#completed++;
    this.#reads.set(messageId, (this.#reads.get(messageId) ?? new Set()).add(text));
    const order = this.#orders.get(seedIn(text) ?? -1);
    if (!order) this.faults.push(`message ${messageId} is of no known order: ${text.slice(0, 40)}`);
    else if (knownAnswer(order).join('') !== text) {
      this.faults.push(`message ${messageId} differs from what the model said`);
    }
  }

  /** @returns how many of the texts that were read are in the history, all of them the same */
  compareWith(history: ReadonlyMap<string, string>): number {
    let found = 0;
    for (const [messageId, texts] of this.#reads) {
      const final = history.get(messageId);
      if (final === undefined) continue;
      found++;
      if (texts.size > 1 || !texts.has(final)) {
        this.faults.push(`message ${messageId} differs from the history`);
      }
    }
    return found;
  }

  get messagesRead(): number {
    return this.#reads.size;
  }
}
