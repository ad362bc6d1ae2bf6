import { hasEnded, type Turn } from '../../events/turn.ts';

type Settle<T> = (value: T) => void;

/** Callers that wait for the end of a turn, or until the session is idle. */
export class TurnWaiters {
  readonly #endWaiters = new Map<string, Set<Settle<Turn | undefined>>>();
  readonly #idleWaiters = new Set<Settle<void>>();

  /** Resolves when the runtime next reports that the session is idle, or when the signal is aborted. */
  waitForIdle(signal: AbortSignal): Promise<void> {
    return waitUntilSettled(this.#idleWaiters, signal, () => undefined);
  }

  /**
   * Resolves when the turn has ended, or when the signal is aborted: then with the turn as it is.
   *
   * @param readTurn returns the turn as it is at the time of the call; undefined when it is not known
   */
  waitForEnd(readTurn: () => Turn | undefined, signal: AbortSignal): Promise<Turn | undefined> {
    const turn = readTurn();
    if (!turn || hasEnded(turn)) return Promise.resolve(turn);
    const waiters = this.#endWaiters.get(turn.messageId) ?? new Set();
    this.#endWaiters.set(turn.messageId, waiters);
    return waitUntilSettled(waiters, signal, readTurn);
  }

  handleIdle(): void {
    for (const settle of [...this.#idleWaiters]) settle();
  }

  handleTurnChanged(turn: Turn): void {
    if (!hasEnded(turn)) return;
    for (const settle of [...(this.#endWaiters.get(turn.messageId) ?? [])]) settle(turn);
    this.#endWaiters.delete(turn.messageId);
  }
}

/** Resolves with the value that its waiter is called with, or with `readNow()` when the signal is aborted. */
function waitUntilSettled<T>(
  waiters: Set<Settle<T>>,
  signal: AbortSignal,
  readNow: () => T,
): Promise<T> {
  if (signal.aborted) return Promise.resolve(readNow());
  return new Promise((resolve) => {
    const settle = (value: T): void => {
      waiters.delete(settle);
      signal.removeEventListener('abort', stop);
      resolve(value);
    };
    const stop = (): void => {
      settle(readNow());
    };
    waiters.add(settle);
    signal.addEventListener('abort', stop);
  });
}
