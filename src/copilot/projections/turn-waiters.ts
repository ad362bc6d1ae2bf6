import { hasEnded, type Turn } from '../../events/turn.ts';

/** Who waits for the end of a turn, or for rest. */
export class TurnWaits {
  readonly #ends = new Map<string, Set<(turn: Turn) => void>>();
  readonly #rests = new Set<() => void>();

  /** Resolves when the runtime says next that it is at rest, or when the signal is aborted. */
  rest(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#rests.add(resolve);
      signal.addEventListener('abort', () => {
        resolve();
      });
    });
  }

  /** @param turn as it is at each time */
  end(turn: () => Turn | undefined, signal: AbortSignal): Promise<Turn | undefined> {
    const present = turn();
    if (!present || hasEnded(present) || signal.aborted) return Promise.resolve(present);
    return new Promise((resolve) => {
      const waiting = this.#ends.get(present.messageId) ?? new Set();
      this.#ends.set(present.messageId, waiting);
      const settle = (value: Turn | undefined): void => {
        waiting.delete(settle);
        signal.removeEventListener('abort', stop);
        resolve(value);
      };
      const stop = (): void => {
        settle(turn());
      };
      waiting.add(settle);
      signal.addEventListener('abort', stop);
    });
  }

  isAtRest(): void {
    for (const settle of this.#rests) settle();
    this.#rests.clear();
  }

  changed(turn: Turn): void {
    if (!hasEnded(turn)) return;
    for (const settle of [...(this.#ends.get(turn.messageId) ?? [])]) settle(turn);
    this.#ends.delete(turn.messageId);
  }
}
