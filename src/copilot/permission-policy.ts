import type { SessionConfig } from '@github/copilot-sdk';

import type { RequestResolution } from '../events/event.ts';

/** Goes to the model, and to the timeline as the resolution's feedback. */
const POLICY_FEEDBACK =
  'Rejected by the policy of this server: nobody can be asked for permission here. Go on without this tool.';

/** A tool that needs permission is rejected at once: nothing is approved on anyone's behalf, and no turn waits. */
export const rejectPermissions: NonNullable<SessionConfig['onPermissionRequest']> = () => ({
  kind: 'reject',
  feedback: POLICY_FEEDBACK,
});

const resolutions: Readonly<Record<string, RequestResolution>> = {
  approved: 'APPROVED',
  'approved-for-session': 'APPROVED_FOR_SESSION',
  'approved-for-location': 'APPROVED_FOR_SESSION',
  'denied-interactively-by-user': 'REJECTED',
  cancelled: 'CANCELLED',
};

/** @param result of the runtime's `permission.completed` */
export function resolutionOf(result: { kind: string; feedback?: string }): RequestResolution {
  if (result.feedback === POLICY_FEEDBACK) return 'BY_POLICY';
  return resolutions[result.kind] ?? 'BY_POLICY';
}
