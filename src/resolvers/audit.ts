import type { AuditRecord } from './audit-record.ts';
import type { Context } from './context.ts';
import { getErrorCode } from './errors.ts';
import { isSessionName } from './input/fields.ts';
import { toOwnPublicId } from './ownership.ts';

type AuditedAction<T> = Omit<AuditRecord, 'viewer' | 'outcome' | 'requestId'> & {
  readonly describeOutcome?: (result: T) => string;
};

/** Runs an action and then writes one audit record with its outcome, also if the action fails. */
export async function runAudited<T>(
  { describeOutcome = () => 'ok', session, ...action }: AuditedAction<T>,
  context: Context,
  run: () => T | Promise<T>,
): Promise<T> {
  const record = (outcome: string, result?: T): void => {
    context.services.audit({
      ...action,
      session: session ?? findSessionName(result, context),
      viewer: context.viewer.id,
      outcome,
      requestId: context.correlationId,
    });
  };
  try {
    const result = await run();
    record(describeOutcome(result), result);
    return result;
  } catch (error) {
    record(getErrorCode(error));
    throw error;
  }
}

/** Returns null for a text that cannot be a session name: it may be a secret that was sent in the wrong field. */
export function toAuditableName(name: unknown): string | null {
  return typeof name === 'string' && isSessionName(name) ? name : null;
}

/** Returns the name of the session in the result of a mutation, for a session that was created without a name. */
function findSessionName(result: unknown, context: Context): string | null {
  const { session } = (result ?? {}) as { session?: { id?: unknown } };
  return typeof session?.id === 'string' ? toOwnPublicId(session.id, context) : null;
}
