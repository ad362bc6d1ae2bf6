import type { Accepted } from '../../auth/authentication.ts';
import type { StreamEnd } from '../../resolvers/context.ts';
import { credentialsExpired, streamTooOld } from '../../resolvers/errors.ts';

/** Of a stream that begins now. @param lifetimeMs null: any */
export function streamEnds({ expiresAt }: Accepted, lifetimeMs: number | null): StreamEnd[] {
  const tooOldAt = lifetimeMs === null ? null : Date.now() + lifetimeMs;
  return [
    { at: expiresAt, why: credentialsExpired },
    { at: tooOldAt, why: streamTooOld },
  ];
}
