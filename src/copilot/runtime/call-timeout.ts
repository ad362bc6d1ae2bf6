import { createRuntimeUnavailableError } from '../../errors/common-errors.ts';
import { GatewayError } from '../../errors/gateway-error.ts';

/**
 * Ends the wait for a call of the SDK, which stays pending when the connection dies. The call itself is not cancelled:
 * its late result is dropped.
 *
 * @throws {GatewayError} RUNTIME_TIMEOUT, and RUNTIME_UNAVAILABLE when the signal is aborted
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
