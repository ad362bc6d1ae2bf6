import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Connections that have carried no request yet: browsers and connection pools open some in advance. The server counts
 * a connection as idle only after its first request, so `closeIdleConnections` would leave them open and a shutdown
 * would wait for their peers.
 */
export class UnusedConnections {
  readonly #sockets = new Set<Socket>();

  constructor(server: Server) {
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  closeAll(): void {
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy();
  }
}
