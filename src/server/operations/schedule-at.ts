/** A timer that is asked for more fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Acts once, at a time in milliseconds since 1970 or, when that is more than 24 days away, after 24 days; null: never.
 *
 * @returns a function that takes it back
 */
export function scheduleAt(at: number | null, act: () => void): () => void {
  if (at === null) return () => undefined;
  const wait = Math.min(Math.max(0, at - Date.now()), MAX_TIMER_MS);
  const timer = setTimeout(act, wait).unref();
  return () => {
    clearTimeout(timer);
  };
}
