import type { SessionRecord } from '../directory/session-directory.ts';
import type { RequestRules } from './pending-requests.ts';
import type { Profile } from './profiles.ts';

/** Of a profile that is gone: nothing is approved, and nothing waits for long. */
const STRICT: Omit<RequestRules, 'clientTools'> = {
  permissionPolicy: { mode: 'reject', allow: [] },
  requestTimeoutMs: 60_000,
};

export function requestRules(record: SessionRecord, profiles: readonly Profile[]): RequestRules {
  const { permissionPolicy, requestTimeoutMs } =
    profiles.find(({ name }) => name === record.profile) ?? STRICT;
  const clientTools = new Set(record.clientTools.map(({ name }) => name));
  return { permissionPolicy, requestTimeoutMs, clientTools };
}
