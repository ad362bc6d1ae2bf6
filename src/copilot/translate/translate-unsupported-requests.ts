import type { Change } from './change.ts';
import type { EventData, Translations } from './translation.ts';

/**
 * Translations of requests that this gateway does not support. The runtime sends them only to clients that register
 * a handler, which the gateway does not, and otherwise continues on its own. One that arrives nevertheless, because
 * another client has registered a handler, becomes a warning. Only sampling is requested without any handler (by
 * the CLI), so that the gateway has to decline it.
 */
export const unsupportedRequestTranslations = {
  'exit_plan_mode.requested': () => [
    createWarning(
      'exit_plan_mode',
      'The agent requests approval of its plan, which this server does not support.',
    ),
  ],
  'auto_mode_switch.requested': () => [
    createWarning(
      'auto_mode_switch',
      'The rate limit of the model is reached, and the runtime proposes another model, which this server does not support.',
    ),
  ],
  'session_limits_exhausted.requested': () => [
    createWarning(
      'session_limits_exhausted',
      'The limit of the session is reached, and the runtime requests a higher one, which this server does not support.',
    ),
  ],
  'mcp.oauth_required': ({ serverName }) => [createSignInWarning(serverName)],
  'session.mcp_server_status_changed': translateMcpServerStatus,
  'mcp.headers_refresh_required': ({ serverName }) => [
    createWarning(
      'mcp_headers_refresh',
      `The MCP server ${serverName} requests new credentials, which this server does not support.`,
    ),
  ],
  'sampling.requested': ({ requestId, serverName }) => [
    { type: 'sampling-requested', requestId },
    createWarning(
      'mcp_sampling',
      `The MCP server ${serverName} requests a model response (sampling), which this server declines.`,
    ),
  ],
  'command.queued': () => [
    createWarning(
      'command_queued',
      'A command was queued in the session, which this server does not execute.',
    ),
  ],
} satisfies Translations;

function translateMcpServerStatus({
  serverName,
  status,
}: EventData<'session.mcp_server_status_changed'>): Change[] {
  return status === 'needs-auth' ? [createSignInWarning(serverName)] : [];
}

function createSignInWarning(serverName: string): Change {
  return createWarning(
    'mcp_oauth',
    `The MCP server ${serverName} requires a sign-in, which this server does not support: its tools are not available.`,
    true,
  );
}

function createWarning(warningType: string, message: string, reportOnce = false): Change {
  return { type: 'warning-reported', warningType, message, url: null, reportOnce };
}
