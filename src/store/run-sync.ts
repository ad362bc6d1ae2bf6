/**
 * Works before it returns, so that calls take effect in their order; what is thrown becomes the
 * rejection.
 */
export function runSync<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
