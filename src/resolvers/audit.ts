import type { AuditRecord } from './audit-record.ts';
import type { Context } from './context.ts';
import { getErrorCode } from './errors.ts';
import { isSessionName } from './input/fields.ts';
import { toOwnPublicId } from './ownership.ts';

type AuditedAction<T> = Omit<AuditRecord, 'viewer' | 'outcome' | 'requestId'> & {
  readonly describeOutcome?: (result: T) => string;
};

/** Acts, and leaves one record of who did it and what came of it. */
export async function runAudited<T>(
  action: AuditedAction<T>,
  context: Context,
  run: () => T | Promise<T>,
) {
  const { describeOutcome = () => 'ok', session, ...rest } = action;
  const record = (outcome: string, result?: T): void => {
    const { viewer, correlationId, services } = context;
    const named = session ?? findSessionName(result, context);
    services.audit({
      ...rest,
      session: named,
      viewer: viewer.id,
      outcome,
      requestId: correlationId,
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

/** Anything else could be a slip of the hand: what was meant for another field. */
export function toAuditableName(name: unknown): string | null {
  return typeof name === 'string' && isSessionName(name) ? name : null;
}

/** Of a session that was made without a name. */
function findSessionName(result: unknown, context: Context): string | null {
  const { session } = (result ?? {}) as { session?: { id?: unknown } };
  return typeof session?.id === 'string' ? toOwnPublicId(session.id, context) : null;
}
