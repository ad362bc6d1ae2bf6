/** The longest delay of a timer of Node, about 24 days; a longer one fires at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Runs `act` once at a time, given in milliseconds since 1970, however far away it is; null: never. The timer does
 * not keep the process alive.
 *
 * @returns a function that cancels it
 */
export function scheduleAt(at: number | null, act: () => void): () => void {
  if (at === null) return () => undefined;
  let timer: NodeJS.Timeout;
  const arm = (): void => {
    const waitMs = Math.max(0, at - Date.now());
    timer = setTimeout(waitMs > MAX_TIMER_MS ? arm : act, Math.min(waitMs, MAX_TIMER_MS)).unref();
  };
  arm();
  return () => {
    clearTimeout(timer);
  };
}
