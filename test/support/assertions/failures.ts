import { OperationFailed } from '../clients/transports.ts';

/** Of an operation that must fail. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  return error instanceof OperationFailed ? String(error.code) : `no failure: ${String(error)}`;
}
