import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import type { WebSocket } from 'ws';

import { serializeResult } from '../operations/serialize-result.ts';

/** Above it a reader is slow: it gets what comes next when this much has left. */
const MAX_BUFFERED_BYTES = 16 * 1024;

export interface FrameWriterOptions {
  readonly socket: WebSocket;
  readonly operationId: string;
  /** Ends what the results wait for. */
  readonly abort: () => void;
  readonly formatResult: (result: ExecutionResult) => FormattedExecutionResult;
}

/**
 * Writes a subscription's results to its socket, as the protocol's `next` messages. The protocol's own server sees
 * a subscription that only ends: it would serialise each result again for each socket.
 */
export class FrameWriter implements AsyncIterableIterator<never> {
  readonly #results: AsyncIterator<ExecutionResult>;
  readonly #options: FrameWriterOptions;
  readonly #framePrefix: string;

  constructor(results: AsyncIterable<ExecutionResult>, options: FrameWriterOptions) {
    this.#results = results[Symbol.asyncIterator]();
    this.#options = options;
    this.#framePrefix = `{"id":${JSON.stringify(options.operationId)},"type":"next","payload":`;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<never, undefined>> {
    const { socket, formatResult } = this.#options;
    for (;;) {
      const next = await this.#results.next();
      if (next.done) return { done: true, value: undefined };
      // Nobody calls `return()` on what has said that it is done.
      if (socket.readyState !== socket.OPEN) return this.return();
      const frame = `${this.#framePrefix}${serializeResult(next.value.errors ? formatResult(next.value) : next.value)}}`;
      if (socket.bufferedAmount < MAX_BUFFERED_BYTES) socket.send(frame);
      else await this.#sendAndWait(frame);
    }
  }

  /** The source is told first: what waits in it would hold up `return()` until the next event. */
  async return(): Promise<IteratorResult<never, undefined>> {
    this.#options.abort();
    await this.#results.return?.();
    return { done: true, value: undefined };
  }

  /** Also when the socket broke: then the operation is ended by its close. */
  #sendAndWait(frame: string): Promise<void> {
    return new Promise((resolve) => {
      this.#options.socket.send(frame, () => {
        resolve();
      });
    });
  }
}
