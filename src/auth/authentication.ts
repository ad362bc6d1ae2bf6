import type { Viewer } from './viewer.ts';

export interface AcceptedCaller {
  readonly kind: 'accepted';
  readonly viewer: Viewer;
  /** Milliseconds since 1970; null if the credentials have no expiry. */
  readonly expiresAt: number | null;
}

export interface RefusedCaller {
  readonly kind: 'refused';
  /** Sentence for the client. */
  readonly reason: string;
}

export type Authentication = AcceptedCaller | RefusedCaller;

/** Verifies a bearer token. */
export type TokenVerifier = (token: string) => Promise<Authentication>;

export function acceptCaller(viewer: Viewer, expiresAt: number | null = null): AcceptedCaller {
  return { kind: 'accepted', viewer, expiresAt };
}

export function refuseCaller(reason: string): RefusedCaller {
  return { kind: 'refused', reason };
}
