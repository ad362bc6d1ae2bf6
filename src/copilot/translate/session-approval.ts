import type { CopilotSession, PermissionRequest } from '@github/copilot-sdk';

export type PermissionAnswer = Parameters<
  CopilotSession['rpc']['permissions']['handlePendingPermissionRequest']
>[0]['result'];

/** The operations that the runtime no longer requests permission for in this session. */
export type SessionApproval = NonNullable<
  Extract<PermissionAnswer, { kind: 'approve-for-session' }>['approval']
>;

/** Returns null when the request can only be approved once: the runtime needs to know what an approval covers. */
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
