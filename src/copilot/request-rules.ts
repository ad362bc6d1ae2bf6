import type { RequestRules } from './pending-requests.ts';
import type { Profile } from './profiles.ts';

/** Of a profile that is gone: nothing is approved, and nothing waits for long. */
const STRICT: RequestRules = {
  permissionPolicy: { mode: 'reject', allow: [] },
  requestTimeoutMs: 60_000,
};

export function requestRules(name: string, profiles: readonly Profile[]): RequestRules {
  return profiles.find((profile) => profile.name === name) ?? STRICT;
}
