import type { WebSocket } from 'ws';

/** Ends what a socket's operations wait for: when one is completed, and all of them when the socket closes. */
export class SocketOperations {
  readonly #bySocket = new WeakMap<WebSocket, Map<string, AbortController>>();

  start(socket: WebSocket, id: string): AbortSignal {
    const operations = this.#bySocket.get(socket) ?? this.#trackSocket(socket);
    const controller = new AbortController();
    operations.set(id, controller);
    return controller.signal;
  }

  abort(socket: WebSocket, id: string): void {
    const operations = this.#bySocket.get(socket);
    operations?.get(id)?.abort();
    operations?.delete(id);
  }

  #trackSocket(socket: WebSocket): Map<string, AbortController> {
    const operations = new Map<string, AbortController>();
    this.#bySocket.set(socket, operations);
    socket.once('close', () => {
      for (const controller of operations.values()) controller.abort();
    });
    return operations;
  }
}
