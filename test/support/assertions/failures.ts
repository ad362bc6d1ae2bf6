import { OperationFailed } from '../clients/transports.ts';

/** Returns the code that an operation fails with, and undefined when it succeeds. */
export async function catchErrorCode(operation: Promise<unknown>): Promise<unknown> {
  return operation.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof OperationFailed) return error.code;
      throw error;
    },
  );
}
