import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface StalledConnectionsOptions {
  /** How long a peer may accept none of the bytes that are buffered for it. */
  readonly stallTimeoutMs: number;
}

const CHECKS_PER_TIMEOUT = 4;

/**
 * Destroys connections whose peer accepts no more bytes. The timeouts of `node:http` do not apply to a response that
 * is being streamed, so the buffered bytes would be kept until the peer closes the connection, possibly forever. The
 * client's cursor remains valid.
 *
 * @returns a function that stops the checks
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
  }, stallTimeoutMs / CHECKS_PER_TIMEOUT);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
