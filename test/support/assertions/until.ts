import { vi } from 'vitest';

interface UntilOptions {
  readonly what: () => string;
  readonly timeoutMs?: number;
}

/** Polls for a value that is neither undefined nor false, where no event announces it. */
export async function waitUntil<T>(
  read: () => T | Promise<T>,
  { what, timeoutMs = 10_000 }: UntilOptions,
): Promise<Exclude<T, undefined | false>> {
  return vi.waitFor(
    async () => {
      const value = await read();
      if (value === undefined || value === false)
        throw new Error(`timed out while waiting for ${what()}`);
      return value as Exclude<T, undefined | false>;
    },
    { timeout: timeoutMs, interval: 20 },
  );
}
