import { hasEnded, type Turn } from '../../events/turn.ts';

/** Who waits for the end of a turn, or for rest. */
export class TurnWaiters {
  readonly #endWaiters = new Map<string, Set<(turn: Turn) => void>>();
  readonly #idleWaiters = new Set<() => void>();

  /** Resolves when the runtime says next that it is at rest, or when the signal is aborted. */
  waitForIdle(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#idleWaiters.add(resolve);
      signal.addEventListener('abort', () => {
        resolve();
      });
    });
  }

  /** @param turn as it is at each time */
  waitForEnd(turn: () => Turn | undefined, signal: AbortSignal): Promise<Turn | undefined> {
    const present = turn();
    if (!present || hasEnded(present) || signal.aborted) return Promise.resolve(present);
    return new Promise((resolve) => {
      const waiting = this.#endWaiters.get(present.messageId) ?? new Set();
      this.#endWaiters.set(present.messageId, waiting);
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

  handleIdle(): void {
    for (const settle of this.#idleWaiters) settle();
    this.#idleWaiters.clear();
  }

  handleTurnChanged(turn: Turn): void {
    if (!hasEnded(turn)) return;
    for (const settle of [...(this.#endWaiters.get(turn.messageId) ?? [])]) settle(turn);
    this.#endWaiters.delete(turn.messageId);
  }
}
