import {
  acceptCaller,
  type AcceptedCaller,
  refuseCaller,
  type RefusedCaller,
} from './authentication.ts';
import { createViewer } from './viewer.ts';

/** Whom the gateway lets in of those that an issuer vouches for. */
export interface AllowedViewers {
  /** Names of viewers; null: all. */
  readonly allowed: readonly string[] | null;
  readonly operators: readonly string[];
}

interface VerifiedIdentity {
  readonly key: string;
  readonly name: string | null;
}

export function authorize(
  { key, name }: VerifiedIdentity,
  { allowed, operators }: AllowedViewers,
  expiresAt: number | null,
): AcceptedCaller | RefusedCaller {
  if (allowed && !allowed.includes(key)) return refuseCaller('This account is not allowed here.');
  const roles = operators.includes(key) ? (['user', 'operator'] as const) : (['user'] as const);
  return acceptCaller(createViewer(key, name, roles), expiresAt);
}
