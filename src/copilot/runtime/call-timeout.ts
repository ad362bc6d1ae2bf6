import { Failure } from '../../errors/gateway-error.ts';

/**
 * The SDK's calls never settle when the link dies, so every one of them gets an end.
 * The call itself is not taken back: its late result is dropped.
 */
export async function withDeadline<T>(
  call: Promise<T>,
  ms: number,
  signal?: AbortSignal,
): Promise<T> {
  let cleanUp = (): void => undefined;
  const end = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Failure('RUNTIME_TIMEOUT', 'The runtime did not answer in time.'));
    }, ms);
    const lost = (): void => {
      reject(unavailable());
    };
    signal?.addEventListener('abort', lost);
    cleanUp = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', lost);
    };
    if (signal?.aborted) lost();
  });
  try {
    return await Promise.race([call, end]);
  } finally {
    cleanUp();
  }
}

export function unavailable(options?: ErrorOptions): Failure {
  return new Failure(
    'RUNTIME_UNAVAILABLE',
    'The Copilot runtime is not available right now.',
    options,
  );
}
