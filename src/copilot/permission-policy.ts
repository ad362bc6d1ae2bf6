import type { SessionConfig } from '@github/copilot-sdk';

import type { RequestResolution } from '../events/event.ts';
import type { PermissionKind } from '../events/request.ts';
import type { PermissionPolicy } from './profiles.ts';

/** Goes to the model, and to the timeline as the resolution's feedback. */
const POLICY_FEEDBACK =
  'Rejected by the policy of this server: nobody can be asked for permission here. Go on without this tool.';

type PermissionHandler = NonNullable<SessionConfig['onPermissionRequest']>;

const kinds: Readonly<Record<string, PermissionKind>> = {
  shell: 'SHELL',
  write: 'WRITE',
  read: 'READ',
  mcp: 'MCP',
  'custom-tool': 'CUSTOM_TOOL',
  url: 'URL',
  memory: 'MEMORY',
  hook: 'HOOK',
};

/** @param word of the runtime */
function permissionKindFrom(word: string): PermissionKind {
  return kinds[word] ?? 'OTHER';
}

/** What the profile does not allow is rejected at once, so that no turn waits. */
export function onPermissionRequest({ allow }: PermissionPolicy): PermissionHandler {
  return ({ kind }) =>
    allow.includes(permissionKindFrom(kind))
      ? { kind: 'approve-once' }
      : { kind: 'reject', feedback: POLICY_FEEDBACK };
}

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
