import type { AcceptedCaller } from '../../auth/authentication.ts';
import type { StreamDeadline } from '../../resolvers/context.ts';
import { credentialsExpiredError, streamLifetimeError } from '../../resolvers/errors.ts';

/** Of a stream that begins now. @param lifetimeMs null: any */
export function createStreamDeadlines(
  { expiresAt }: AcceptedCaller,
  lifetimeMs: number | null,
): StreamDeadline[] {
  const tooOldAt = lifetimeMs === null ? null : Date.now() + lifetimeMs;
  return [
    { at: expiresAt, error: credentialsExpiredError },
    { at: tooOldAt, error: streamLifetimeError },
  ];
}
