import type { CopilotSession, PermissionRequest } from '@github/copilot-sdk';

export type PermissionAnswer = Parameters<
  CopilotSession['rpc']['permissions']['handlePendingPermissionRequest']
>[0]['result'];

/** What the runtime then no longer asks for. */
export type SessionApproval = NonNullable<
  Extract<PermissionAnswer, { kind: 'approve-for-session' }>['approval']
>;

/** The runtime approves but this once when it is not told what the approval covers. */
export function toSessionApproval(request: PermissionRequest): SessionApproval | null {
  if (request.kind === 'custom-tool') return { kind: 'custom-tool', toolName: request.toolName };
  if (request.kind === 'mcp') {
    return { kind: 'mcp', serverName: request.serverName, toolName: request.toolName };
  }
  if (request.kind === 'write') return request.canOfferSessionApproval ? { kind: 'write' } : null;
  if (request.kind !== 'shell' || !request.canOfferSessionApproval) return null;
  const commandIdentifiers = request.commands.map(({ identifier }) => identifier);
  return { kind: 'commands', commandIdentifiers };
}
