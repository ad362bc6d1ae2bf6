import type { PermissionKind } from '../events/request.ts';

export const DEFAULT_PROFILE = 'default';
const REQUEST_TIMEOUT_MS = 600_000;

/** Who decides when the agent asks for permission. */
export interface PermissionPolicy {
  /** The session's clients are asked, or everything that is not allowed is rejected at once. */
  readonly mode: 'ask' | 'reject';
  /** Approved without asking. */
  readonly allow: readonly PermissionKind[];
}

/** A named server-side bundle of settings for sessions. */
export interface Profile {
  readonly name: string;
  readonly description: string | null;
  readonly defaultModel: string | null;
  /** Patterns of the tools that the agent may call. */
  readonly tools: readonly string[];
  readonly permissionPolicy: PermissionPolicy;
  /** How long a request waits for an answer. */
  readonly requestTimeoutMs: number;
}

export function defaultProfile(model: string | null): Profile {
  return {
    name: DEFAULT_PROFILE,
    description: 'The tools of the runtime; whatever needs permission is rejected.',
    defaultModel: model,
    tools: ['builtin:*'],
    permissionPolicy: { mode: 'reject', allow: [] },
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
  };
}
