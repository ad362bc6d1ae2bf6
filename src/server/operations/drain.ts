/**
 * Second phase of a shutdown: subscriptions end. The first phase (`GatewayState.drainController`) answers the
 * operations that wait for a turn and closes the WebSockets; a subscription over a WebSocket must end with its
 * socket, because its client resubscribes after the close code and takes a completed subscription as final.
 */
export class Drain {
  readonly #listeners = new Set<() => void>();
  #hasStarted = false;

  start(): void {
    this.#hasStarted = true;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }

  /**
   * Calls the listener once when the drain starts, immediately if it has started: a request that was accepted before
   * may open its subscription afterwards.
   *
   * @returns a function that removes the listener
   */
  addListener(listener: () => void): () => void {
    if (this.#hasStarted) {
      listener();
      return () => undefined;
    }
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
