import type { SessionConfigBase } from '@github/copilot-sdk';
import { BuiltInTools } from '@github/copilot-sdk';

import { GatewayError } from '../../errors/gateway-error.ts';
import type { ClientTool, SessionRecord } from '../../store/session-store.ts';
import { type Profile, requireSessionProfile } from '../profiles/profiles.ts';
import type { SessionServices } from '../services.ts';

export type RuntimeTools = NonNullable<SessionConfigBase['tools']>;

/**
 * The runtime's list has neither these nor all that the SDK names, and lets them through: a session with a second
 * ask_user stands still.
 */
const UNLISTED_TOOLS = ['sql', 'report_intent'];

/** The profile lets clients bring tools of this name. */
function isOffered(name: string, { tools }: Profile): boolean {
  return tools.includes('custom:*') || tools.includes(`custom:${name}`);
}

/** Those that the profile offers by now. Without anybody who runs them, so that their calls wait for an answer. */
export function toRuntimeTools(tools: readonly ClientTool[], profile: Profile): RuntimeTools {
  return tools
    .filter(({ name }) => isOffered(name, profile))
    .map(({ name, description, parameters }) => ({
      ...{ name, description, parameters },
      // The agent is offered all of them, and need not look for any.
      defer: 'never' as const,
    }));
}

/** @throws Failure POLICY_BLOCKED for one that the profile does not let in, BAD_USER_INPUT for a name that is taken */
export async function checkClientTools(
  record: SessionRecord,
  { profiles, runtime }: Pick<SessionServices, 'profiles' | 'runtime'>,
): Promise<void> {
  const { clientTools: tools } = record;
  if (tools.length === 0) return;
  const profile = requireSessionProfile(record, profiles);
  const refused = tools.find(({ name }) => !isOffered(name, profile));
  if (refused) {
    throw new GatewayError('POLICY_BLOCKED', `clientTools: the profile lets in no ${refused.name}`);
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
  return new GatewayError('BAD_USER_INPUT', `clientTools: ${name} is the name of another tool`);
}

function foldCase(name: string): string {
  return name.toLowerCase();
}
