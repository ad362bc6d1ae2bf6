import type { PermissionKind, RequestResolution } from '../../events/pending-request.ts';
import type { PermissionPolicy } from '../profiles/profiles.ts';
import type { PermissionAnswer } from './session-approval.ts';

/** These go to the model, and to the timeline as the resolution's feedback. */
const POLICY_FEEDBACK =
  'Rejected by the policy of this server: nobody can be asked for permission here. Go on without this tool.';
export const EXPIRED_FEEDBACK = 'Nobody answered in time. Go on without it.';

/** Undefined: somebody has to be asked. */
export function decideByPolicy(
  kind: PermissionKind,
  { mode, allow }: PermissionPolicy,
): PermissionAnswer | undefined {
  if (allow.includes(kind)) return { kind: 'approve-once' };
  return mode === 'reject' ? { kind: 'reject', feedback: POLICY_FEEDBACK } : undefined;
}

const resolutionsByResultKind: Readonly<Record<string, RequestResolution>> = {
  approved: 'APPROVED',
  'approved-for-session': 'APPROVED_FOR_SESSION',
  'approved-for-location': 'APPROVED_FOR_SESSION',
  'denied-interactively-by-user': 'REJECTED',
  cancelled: 'CANCELLED',
};

/** @param result of the runtime's `permission.completed`, which does not say who refused */
export function toRequestResolution(result: { readonly kind: string }): RequestResolution {
  return resolutionsByResultKind[result.kind] ?? 'BY_POLICY';
}
