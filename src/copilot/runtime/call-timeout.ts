import { createRuntimeUnavailableError } from '../../errors/common-errors.ts';
import { GatewayError } from '../../errors/gateway-error.ts';

/**
 * The SDK's calls never settle when the link dies, so every one of them gets an end.
 * The call itself is not taken back: its late result is dropped.
 */
export async function withCallTimeout<T>(
  call: Promise<T>,
  ms: number,
  signal?: AbortSignal,
): Promise<T> {
  let cleanUp = (): void => undefined;
  const interruption = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new GatewayError('RUNTIME_TIMEOUT', 'The runtime did not answer in time.'));
    }, ms);
    const rejectAsLost = (): void => {
      reject(createRuntimeUnavailableError());
    };
    signal?.addEventListener('abort', rejectAsLost);
    cleanUp = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', rejectAsLost);
    };
    if (signal?.aborted) rejectAsLost();
  });
  try {
    return await Promise.race([call, interruption]);
  } finally {
    cleanUp();
  }
}
