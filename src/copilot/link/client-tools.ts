import type { SessionConfigBase } from '@github/copilot-sdk';
import { BuiltInTools } from '@github/copilot-sdk';

import { GatewayError } from '../../errors/gateway-error.ts';
import type { ClientTool, SessionRecord } from '../../store/session-store.ts';
import { type Profile, requireSessionProfile } from '../profiles/profiles.ts';
import type { SessionServices } from '../services.ts';

export type RuntimeTools = NonNullable<SessionConfigBase['tools']>;

/**
 * Built-in tools that neither the runtime's list nor the SDK's contains. The runtime accepts a client tool with the name
 * of a built-in tool, and a session with a second `ask_user` hangs.
 */
const UNLISTED_TOOLS = ['sql', 'report_intent'];

/** Returns whether the profile allows client tools of this name. */
function isAllowedByProfile(name: string, { tools }: Profile): boolean {
  return tools.includes('custom:*') || tools.includes(`custom:${name}`);
}

/** Returns the tools that the profile allows now. They have no handler, so that their calls wait for a client. */
export function toRuntimeTools(tools: readonly ClientTool[], profile: Profile): RuntimeTools {
  return tools
    .filter(({ name }) => isAllowedByProfile(name, profile))
    .map(({ name, description, parameters }) => ({
      name,
      description,
      parameters,
      // The agent sees all client tools from the start, so that it does not have to find them with a tool search.
      defer: 'never' as const,
    }));
}

/**
 * Checks the names of client tools.
 *
 * @throws {GatewayError} POLICY_BLOCKED when the profile does not allow a tool, BAD_USER_INPUT when a name is taken
 */
export async function checkClientTools(
  record: SessionRecord,
  { profiles, runtime }: Pick<SessionServices, 'profiles' | 'runtime'>,
): Promise<void> {
  const { clientTools: tools } = record;
  if (tools.length === 0) return;
  const profile = requireSessionProfile(record, profiles);
  const rejected = tools.find(({ name }) => !isAllowedByProfile(name, profile));
  if (rejected) {
    throw new GatewayError(
      'POLICY_BLOCKED',
      `clientTools: tool "${rejected.name}" is not allowed by the profile`,
    );
  }
  const { tools: builtIn } = await runtime.call((client) => client.rpc.tools.list({}));
  const names = [...builtIn.map(({ name }) => name), ...BuiltInTools.Isolated, ...UNLISTED_TOOLS];
  const taken = new Set(names.map(foldCase));
  const servers = Object.keys(profile.mcpServers).map((server) => `${foldCase(server)}-`);
  const shadowing = tools
    .map(({ name }) => name)
    .find((name) => {
      return (
        taken.has(foldCase(name)) || servers.some((server) => foldCase(name).startsWith(server))
      );
    });
  if (shadowing !== undefined) throw createNameTakenError(shadowing);
}

function createNameTakenError(name: string): GatewayError {
  return new GatewayError(
    'BAD_USER_INPUT',
    `clientTools: tool "${name}" has the name of another tool`,
  );
}

function foldCase(name: string): string {
  return name.toLowerCase();
}
