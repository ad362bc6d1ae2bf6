import type { PermissionKind } from '../../events/pending-request.ts';
import type { PermissionPolicy } from '../profiles/profiles.ts';
import type { PermissionAnswer } from '../translate/session-approval.ts';

/** The model reads these texts, and clients see them as the feedback of the resolution. */
const POLICY_FEEDBACK =
  'Rejected by the policy of this server: no user can be asked for permission. Continue without this tool.';
export const EXPIRED_FEEDBACK = 'No user responded in time. Continue without a response.';

/** Returns undefined when a user has to decide. */
export function decideByPolicy(
  kind: PermissionKind,
  { mode, allow }: PermissionPolicy,
): PermissionAnswer | undefined {
  if (allow.includes(kind)) return { kind: 'approve-once' };
  return mode === 'reject' ? { kind: 'reject', feedback: POLICY_FEEDBACK } : undefined;
}
