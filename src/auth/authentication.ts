import type { Viewer } from './viewer.ts';

export interface Accepted {
  readonly kind: 'accepted';
  readonly viewer: Viewer;
  /** Milliseconds since 1970; null: the credentials themselves do not say. */
  readonly expiresAt: number | null;
}

export interface Refused {
  readonly kind: 'refused';
  /** For the client. */
  readonly reason: string;
}

export type Authentication = Accepted | Refused;

/** Of a bearer token. */
export type Check = (token: string) => Promise<Authentication>;

export function accepted(viewer: Viewer, expiresAt: number | null = null): Accepted {
  return { kind: 'accepted', viewer, expiresAt };
}

export function refused(reason: string): Refused {
  return { kind: 'refused', reason };
}
