import { CloseCode } from 'graphql-ws';

import type { Admission } from '../../admission/admission.ts';
import type { Authentication } from '../../auth/authentication.ts';
import type { Authenticator } from '../../auth/authenticator.ts';
import { SERVICE_RESTART, type SocketConnection } from './socket-connection.ts';

export interface SocketAuthenticationOptions {
  readonly admission: Admission;
  readonly authenticate: Authenticator;
}

/**
 * Authentication over WebSocket, by the `authorization` of the connection parameters. Credentials are checked at
 * `connection_init` and again for each operation. When they expire, the socket is closed rather than its subscriptions
 * completed: clients resubscribe after a close only.
 */
export class SocketAuthentication {
  readonly #options: SocketAuthenticationOptions;

  constructor(options: SocketAuthenticationOptions) {
    this.#options = options;
  }

  /**
   * Authenticates the `connection_init` message, and acquires the viewer's slot. Returns false when the connection is
   * not accepted: graphql-ws then closes it with `CloseCode.Forbidden` if it is still open.
   */
  async acceptInit(connection: SocketConnection, connectionParams: unknown): Promise<boolean> {
    const caller = await this.#authenticate(connectionParams);
    if (caller.kind === 'refused' || !connection.isOpen) return false;
    const { sockets, limits } = this.#options.admission;
    const lifetimeEnd = limits.maxStreamMs === null ? null : Date.now() + limits.maxStreamMs;
    connection.closeAt(caller.expiresAt, CloseCode.Forbidden, 'Credentials expired');
    connection.closeAt(lifetimeEnd, SERVICE_RESTART, 'Lifetime reached');
    return connection.acquireSlot(() => sockets.perViewer.acquire(caller.viewer.id));
  }

  /**
   * Authenticates an operation and counts it against the rates of its IP address and its viewer. Closes the socket
   * when the credentials are no longer valid.
   *
   * @throws {GatewayError} RATE_LIMITED
   */
  async authorizeOperation(
    connection: SocketConnection,
    connectionParams: unknown,
  ): Promise<Authentication> {
    const { operations } = this.#options.admission;
    // Before the credentials are checked: that costs time as well.
    await operations.perIp.consume(connection.ip);
    const caller = await this.#authenticate(connectionParams);
    if (caller.kind === 'refused') connection.close(CloseCode.Forbidden, 'Forbidden');
    else await operations.perViewer.consume(caller.viewer.id);
    return caller;
  }

  #authenticate(connectionParams: unknown): Promise<Authentication> {
    const { authorization } = (connectionParams ?? {}) as { authorization?: unknown };
    return this.#options.authenticate(authorization);
  }
}
