import { CloseCode, type WebSocket as ProtocolSocket } from 'graphql-ws';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';

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
 * 2. When the socket closes, its slots are released, its timers cleared and its operations aborted.
 * 3. A frame that cannot be written is not an error of its sender: the close event follows and ends its operations.
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

  /**
   * Acquires a slot, which is released when the socket closes. Returns false when there is none, and closes the socket.
   */
  acquireSlot(acquire: () => () => void): boolean {
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

  /** @param time in milliseconds since the epoch, or null for never */
  closeAt(time: number | null, code: number, reason: string): void {
    const cancel = scheduleAt(time, () => {
      this.close(code, reason);
    });
    this.#cleanups.push(cancel);
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
