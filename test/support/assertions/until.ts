import { vi } from 'vitest';

interface UntilOptions {
  readonly what: () => string;
  readonly timeoutMs?: number;
}

/** The first value that is not undefined or false; for states of the outside world that announce nothing. */
export async function waitUntil<T>(
  read: () => T | Promise<T>,
  { what, timeoutMs = 10_000 }: UntilOptions,
): Promise<Exclude<T, undefined | false>> {
  return vi.waitFor(
    async () => {
      const value = await read();
      if (value === undefined || value === false) throw new Error(`waited for ${what()}`);
      return value as Exclude<T, undefined | false>;
    },
    { timeout: timeoutMs, interval: 20 },
  );
}
