import { CopilotClient, type CopilotClientOptions, RuntimeConnection } from '@github/copilot-sdk';

import type { RuntimeConfig } from '../../config/config.ts';

/** Members of the SDK's client that it keeps private and that supervision cannot do without. */
interface ClientInternals {
  readonly connection?: { onClose(listener: () => void): unknown };
  readonly socket?: { setNoDelay(noDelay: boolean): unknown };
  readonly messageWriter?: { suppressWriteErrors: boolean };
}

/** One client for one link: a client whose link was lost never works again. */
export function createClient(config: RuntimeConfig): CopilotClient {
  return new CopilotClient({
    ...(config.kind === 'external' ? buildExternalOptions(config) : buildBundledOptions(config)),
    // Several people must not share what the runtime offers to one: memory, skills, plugins, host instructions.
    mode: config.kind === 'bundled' && config.isLocalOnly ? 'copilot-cli' : 'empty',
  });
}

/** Call it after `start()`: the link does not exist before. */
export function superviseConnection(client: CopilotClient, onClose: () => void): void {
  const { connection, socket, messageWriter } = client as unknown as ClientInternals;
  // Without it each call waits for the peer's delayed acknowledgement, 40 ms.
  socket?.setNoDelay(true);
  // A failed write is also a rejection that nobody can handle, and would end the process. The close tells of it.
  if (messageWriter) messageWriter.suppressWriteErrors = true;
  connection?.onClose(onClose);
}

function buildExternalOptions(
  config: Extract<RuntimeConfig, { kind: 'external' }>,
): CopilotClientOptions {
  const token = config.connectionToken;
  return {
    connection: RuntimeConnection.forUri(
      config.url,
      token === null ? {} : { connectionToken: token },
    ),
  };
}

/**
 * Over stdio, not over a port: whoever reaches a runtime's port has its host's shell, and a runtime
 * whose gateway was killed ends with its standard input.
 */
function buildBundledOptions(
  config: Extract<RuntimeConfig, { kind: 'bundled' }>,
): CopilotClientOptions {
  return {
    connection: RuntimeConnection.forStdio(),
    baseDirectory: config.home,
    workingDirectory: config.workspace,
    env: config.environment,
    useLoggedInUser: false,
    logLevel: 'error',
    ...(config.gitHubToken === null ? {} : { gitHubToken: config.gitHubToken }),
  };
}
