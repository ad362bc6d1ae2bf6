import { CloseCode, type WebSocket as ProtocolSocket } from 'graphql-ws';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';

import type { Admission } from '../../admission/admission.ts';
import type { Authentication } from '../../auth/authentication.ts';
import type { Authenticator } from '../../auth/authenticator.ts';
import { scheduleAt } from '../../timing/schedule-at.ts';

/**
 * Close codes of RFC 6455 that graphql-ws has no name for. Its clients reconnect automatically after both of them, and
 * after `CloseCode.Forbidden`, before which they can fetch fresh credentials.
 */
export const SERVICE_RESTART = 1012;
const TRY_AGAIN_LATER = 1013;

const KEEP_ALIVE_MS = 12_000;

export interface SocketConnectionOptions {
  /** IP address or network that the limits are counted for. */
  readonly ip: string;
  readonly admission: Admission;
  readonly authenticate: Authenticator;
  readonly logger: Logger;
}

/**
 * One WebSocket of the protocol graphql-transport-ws, from the upgrade to its close. graphql-ws reads and writes
 * through it, and hands it to its hooks as `extra`.
 *
 *     upgrade ── limit per IP ── connection_init ── limit per viewer ── operations ── close
 *                  └► 1013         └► 4403            └► 1013             └► 4403, 1012
 *
 * Invariants:
 *
 * 1. A connection that exceeds a limit is closed before any operation runs on it.
 * 2. Credentials are checked again for each operation. When they expire, the socket is closed rather than its
 *    subscriptions completed: clients resubscribe after a close only.
 * 3. When the socket closes, its slots are released, its timers cleared and its operations aborted.
 * 4. A frame that cannot be written is not an error of its sender: the close event follows and ends its operations.
 */
export class SocketConnection implements ProtocolSocket {
  readonly ip: string;
  readonly #socket: WebSocket;
  readonly #options: SocketConnectionOptions;
  readonly #operations = new Map<string, AbortController>();
  readonly #cleanups: (() => void)[] = [];

  constructor(socket: WebSocket, options: SocketConnectionOptions) {
    this.ip = options.ip;
    this.#socket = socket;
    this.#options = options;
    // A peer that resets the connection or sends malformed frames: ws closes the socket, and needs a listener.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      for (const cleanUp of this.#cleanups) cleanUp();
      for (const operation of this.#operations.values()) operation.abort();
    });
    this.#cleanups.push(terminateUnresponsive(socket));
  }

  get protocol(): string {
    return this.#socket.protocol;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  /** Resolves when the frame was handed to the network, or could not be written. */
  send(frame: string): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.send(frame, () => {
        resolve();
      });
    });
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  /** An error that a handler throws closes this socket: the client could not tell which operation it belongs to. */
  onMessage(handle: (message: string) => Promise<void>): void {
    this.#socket.on('message', (message: Buffer) => {
      handle(message.toString()).catch((error: unknown) => {
        this.#options.logger.error({ err: error }, 'failed to process WebSocket message');
        this.close(CloseCode.InternalServerError, 'Internal server error');
      });
    });
  }

  /** Acquires the IP address's slot. Returns false when there is none, and closes the socket. */
  acquireIpSlot(): boolean {
    const { perIp } = this.#options.admission.sockets;
    return this.#acquireOrClose(() => perIp.acquire(this.ip));
  }

  /**
   * Authenticates the `connection_init` message, and acquires the viewer's slot. Returns false when the connection is
   * not accepted: graphql-ws then closes it with `CloseCode.Forbidden` if it is still open.
   */
  async acceptInit(connectionParams: unknown): Promise<boolean> {
    const caller = await this.#authenticate(connectionParams);
    if (caller.kind === 'refused' || !this.isOpen) return false;
    const { sockets, limits } = this.#options.admission;
    const lifetimeEnd = limits.maxStreamMs === null ? null : Date.now() + limits.maxStreamMs;
    this.#cleanups.push(
      scheduleAt(caller.expiresAt, () => {
        this.close(CloseCode.Forbidden, 'Credentials expired');
      }),
      scheduleAt(lifetimeEnd, () => {
        this.close(SERVICE_RESTART, 'Lifetime reached');
      }),
    );
    return this.#acquireOrClose(() => sockets.perViewer.acquire(caller.viewer.id));
  }

  /**
   * Authenticates an operation and counts it against the rates of its IP address and its viewer. Closes the socket
   * when the credentials are no longer valid.
   *
   * @throws {GatewayError} RATE_LIMITED
   */
  async authorizeOperation(connectionParams: unknown): Promise<Authentication> {
    const { operations } = this.#options.admission;
    // Before the credentials are checked: that costs time as well.
    await operations.perIp.consume(this.ip);
    const caller = await this.#authenticate(connectionParams);
    if (caller.kind === 'refused') this.close(CloseCode.Forbidden, 'Forbidden');
    else await operations.perViewer.consume(caller.viewer.id);
    return caller;
  }

  /** Returns the signal that is aborted when the operation completes or the socket closes. */
  startOperation(id: string): AbortSignal {
    const operation = new AbortController();
    this.#operations.set(id, operation);
    return operation.signal;
  }

  abortOperation(id: string): void {
    this.#operations.get(id)?.abort();
    this.#operations.delete(id);
  }

  #authenticate(connectionParams: unknown): Promise<Authentication> {
    const { authorization } = (connectionParams ?? {}) as { authorization?: unknown };
    return this.#options.authenticate(authorization);
  }

  #acquireOrClose(acquire: () => () => void): boolean {
    // A closed socket emits no further `close` event that could release the slot.
    if (!this.isOpen) return false;
    try {
      this.#cleanups.push(acquire());
      return true;
    } catch {
      this.close(TRY_AGAIN_LATER, 'Too many sockets');
      return false;
    }
  }
}

/**
 * Pings the peer, and terminates the socket of one that does not reply until the next ping. The pings also keep
 * proxies from closing an idle connection.
 *
 * @returns a function that stops the pings
 */
function terminateUnresponsive(socket: WebSocket): () => void {
  let hasReplied = true;
  socket.on('pong', () => {
    hasReplied = true;
  });
  const timer = setInterval(() => {
    if (socket.readyState !== socket.OPEN) return;
    if (!hasReplied) {
      socket.terminate();
      return;
    }
    hasReplied = false;
    socket.ping();
  }, KEEP_ALIVE_MS);
  return () => {
    clearInterval(timer);
  };
}
