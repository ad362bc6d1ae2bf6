import type { AuditRecord } from './audit-record.ts';
import type { Context } from './context.ts';
import { codeFor } from './errors.ts';
import { isSessionName } from './input.ts';
import { ownPublicId } from './ownership.ts';

type Deed<T> = Omit<AuditRecord, 'viewer' | 'outcome' | 'requestId'> & {
  readonly outcomeOf?: (result: T) => string;
};

/** Acts, and leaves one record of who did it and what came of it. */
export async function audited<T>(deed: Deed<T>, context: Context, act: () => T | Promise<T>) {
  const { outcomeOf = () => 'ok', session, ...rest } = deed;
  const record = (outcome: string, result?: T): void => {
    const { viewer, requestId, services } = context;
    const named = session ?? nameIn(result, context);
    services.audit({ ...rest, session: named, viewer: viewer.id, outcome, requestId });
  };
  try {
    const result = await act();
    record(outcomeOf(result), result);
    return result;
  } catch (error) {
    record(codeFor(error));
    throw error;
  }
}

/** Anything else could be a slip of the hand: what was meant for another field. */
export function auditableName(name: unknown): string | null {
  return typeof name === 'string' && isSessionName(name) ? name : null;
}

/** Of a session that was made without a name. */
function nameIn(result: unknown, context: Context): string | null {
  const { session } = (result ?? {}) as { session?: { id?: unknown } };
  return typeof session?.id === 'string' ? ownPublicId(session.id, context) : null;
}
