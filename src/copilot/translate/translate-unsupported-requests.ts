import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Change } from './change.ts';

type EventData<T extends RuntimeEvent['type']> = Extract<RuntimeEvent, { type: T }>['data'];

/**
 * Of what the runtime asks only those who say that they have an answer, which this gateway does not: the runtime goes
 * on by itself. When it asks all the same, for another client has said so, it is told. Sampling alone is asked for,
 * by the CLI, also when nobody has said so: that is refused.
 */
export const unsupportedRequestTranslations = {
  'exit_plan_mode.requested': () => [
    createWarning(
      'exit_plan_mode',
      'The agent asks to carry out its plan. Nobody can be asked for it here.',
    ),
  ],
  'auto_mode_switch.requested': () => [
    createWarning(
      'auto_mode_switch',
      'The limit of the model is reached, and the runtime asks for another one. Nobody can be asked for it here.',
    ),
  ],
  'session_limits_exhausted.requested': () => [
    createWarning(
      'session_limits_exhausted',
      'The limit of the session is reached, and the runtime asks for a higher one. Nobody can be asked for it here.',
    ),
  ],
  'mcp.oauth_required': ({ serverName }) => [createSignInWarning(serverName)],
  'session.mcp_server_status_changed': translateMcpServerStatus,
  'mcp.headers_refresh_required': ({ serverName }) => [
    createWarning(
      'mcp_headers_refresh',
      `The MCP server ${serverName} asks for new credentials. Nobody can be asked for them here.`,
    ),
  ],
  'sampling.requested': ({ requestId, serverName }) => [
    { type: 'unanswerable', requestId },
    createWarning(
      'mcp_sampling',
      `The MCP server ${serverName} asks for an answer of the model. It is not given here.`,
    ),
  ],
  'command.queued': () => [
    createWarning(
      'command_queued',
      'A command was given to the session. It is not carried out here.',
    ),
  ],
} satisfies { [T in RuntimeEvent['type']]?: (data: EventData<T>) => Change[] };

function translateMcpServerStatus({
  serverName,
  status,
}: EventData<'session.mcp_server_status_changed'>): Change[] {
  return status === 'needs-auth' ? [createSignInWarning(serverName)] : [];
}

function createSignInWarning(serverName: string): Change {
  return createWarning(
    'mcp_oauth',
    `The MCP server ${serverName} asks for a sign-in, which nobody can do here: its tools are missing.`,
    true,
  );
}

function createWarning(warningType: string, message: string, once = false): Change {
  return { type: 'warning', warningType, message, url: null, once };
}
