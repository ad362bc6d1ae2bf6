import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface StalledConnectionsOptions {
  /** How long a peer may accept nothing of what waits for it. */
  readonly stallTimeoutMs: number;
}

const CHECKS_PER_LIMIT = 4;

/**
 * Ends connections whose peer accepts no more bytes: what waits for it would be held for ever, since the
 * HTTP layer switches the server's own timeouts off. The position of the client stays valid.
 *
 * @returns a function that ends the watch
 */
export function destroyStalledConnections(
  server: Server,
  { stallTimeoutMs }: StalledConnectionsOptions,
): () => void {
  const progress = new Map<Socket, { written: number; at: number }>();
  server.on('connection', (socket) => {
    progress.set(socket, { written: 0, at: performance.now() });
    socket.once('close', () => progress.delete(socket));
  });
  const timer = setInterval(() => {
    const now = performance.now();
    for (const [socket, last] of progress) {
      const written = socket.bytesWritten - socket.writableLength;
      if (socket.writableLength === 0 || written !== last.written) {
        progress.set(socket, { written, at: now });
      } else if (now - last.at >= stallTimeoutMs) socket.destroy();
    }
  }, stallTimeoutMs / CHECKS_PER_LIMIT);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
