import { setMaxListeners } from 'node:events';

import {
  CopilotClient,
  type CopilotClientOptions,
  RuntimeConnection,
  type SessionLifecycleEvent,
} from '@github/copilot-sdk';

import type { RuntimeConfig } from '../../config/config.ts';
import { withCallTimeout } from './call-timeout.ts';

/** Private members of the SDK's client that supervision cannot do without. */
interface ClientInternals {
  readonly connection?: { onClose(listener: () => void): unknown };
  readonly socket?: { setNoDelay(noDelay: boolean): unknown };
  readonly messageWriter?: { suppressWriteErrors: boolean };
}

const STOP_TIMEOUT_MS = 4_000;

/**
 * One connection to the runtime: a client of the SDK that serves until the connection is lost and is then thrown away,
 * because such a client never works again. Each of its calls has a timeout and ends with the connection: the SDK's
 * own promises stay pending when the peer is gone.
 */
export class Connection {
  readonly #client: CopilotClient;
  readonly #onLost: (reason: string) => void;
  readonly #lossController = new AbortController();

  /** @param onLost runs once, synchronously, before any call that the loss ends has rejected */
  constructor(config: RuntimeConfig, onLost: (reason: string) => void) {
    this.#client = createClient(config);
    this.#onLost = onLost;
    // One listener per call in flight, and their number has no limit.
    setMaxListeners(0, this.lost);
  }

  /** Aborted when the connection is lost. */
  get lost(): AbortSignal {
    return this.#lossController.signal;
  }

  async open(timeoutMs: number): Promise<void> {
    await withCallTimeout(this.#client.start(), timeoutMs);
    // The SDK creates these members in `start()`.
    const { connection, socket, messageWriter } = this.#client as unknown as ClientInternals;
    // Without it, each call waits 40 ms for the delayed acknowledgement of the peer.
    socket?.setNoDelay(true);
    // A failed write is also a rejection that no code can handle, and would end the process; the close reports it.
    if (messageWriter) messageWriter.suppressWriteErrors = true;
    connection?.onClose(() => {
      this.lose('the connection was closed');
    });
  }

  /** @throws {GatewayError} RUNTIME_UNAVAILABLE when the connection is lost, RUNTIME_TIMEOUT, and errors of the SDK */
  call<T>(use: (client: CopilotClient) => Promise<T>, timeoutMs: number): Promise<T> {
    return withCallTimeout(use(this.#client), timeoutMs, this.lost);
  }

  onLifecycle(listener: (event: SessionLifecycleEvent) => void): void {
    this.#client.onLifecycle(listener);
  }

  lose(reason: string): void {
    if (this.lost.aborted) return;
    this.#lossController.abort();
    this.#onLost(reason);
  }

  /** Ends the client, and a bundled runtime with it. */
  async close(): Promise<void> {
    await withCallTimeout(this.#client.stop(), STOP_TIMEOUT_MS, this.lost).catch(() =>
      this.#client.forceStop(),
    );
  }

  /** Frees what a lost connection leaves behind. */
  async discard(): Promise<void> {
    await this.#client.forceStop();
  }
}

function createClient(config: RuntimeConfig): CopilotClient {
  return new CopilotClient({
    ...(config.kind === 'external' ? buildExternalOptions(config) : buildBundledOptions(config)),
    // Several viewers must not share what the runtime offers to one: memory, skills, plugins, host instructions.
    mode: config.kind === 'bundled' && config.isLocalOnly ? 'copilot-cli' : 'empty',
  });
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
 * Uses stdio, not a port: whoever reaches the port of a runtime has the shell of its host, and a runtime whose
 * gateway was killed ends with its standard input.
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
