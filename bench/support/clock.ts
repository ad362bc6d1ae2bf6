/** Milliseconds on a clock that all processes of this machine share. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** @throws Error when `what` does not become true in time */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  { what, timeoutMs }: { readonly what: string; readonly timeoutMs: number },
): Promise<void> {
  const deadline = now() + timeoutMs;
  while (!(await isTrue())) {
    if (now() > deadline) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await wait(20);
  }
}
