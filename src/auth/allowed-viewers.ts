import { type Accepted, accepted, type Refused, refused } from './authentication.ts';
import { viewerOf } from './viewer.ts';

/** Whom the gateway lets in of those that an issuer vouches for. */
export interface AllowedViewers {
  /** Names of viewers; null: all. */
  readonly allowed: readonly string[] | null;
  readonly operators: readonly string[];
}

interface Person {
  readonly key: string;
  readonly name: string | null;
}

export function admit(
  { key, name }: Person,
  { allowed, operators }: AllowedViewers,
  expiresAt: number | null,
): Accepted | Refused {
  if (allowed && !allowed.includes(key)) return refused('This account is not allowed here.');
  const roles = operators.includes(key) ? (['user', 'operator'] as const) : (['user'] as const);
  return accepted(viewerOf(key, name, roles), expiresAt);
}
