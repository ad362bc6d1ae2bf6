import {
  acceptCaller,
  type AcceptedCaller,
  refuseCaller,
  type RefusedCaller,
} from './authentication.ts';
import { createViewer } from './viewer.ts';

/** Which of the accounts that an issuer has authenticated may call the gateway. */
export interface AllowedViewers {
  /** Keys of the viewers; null for all. */
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
  if (allowed && !allowed.includes(key))
    return refuseCaller('This account is not allowed to use this gateway.');
  const roles = operators.includes(key) ? (['user', 'operator'] as const) : (['user'] as const);
  return acceptCaller(createViewer(key, name, roles), expiresAt);
}
