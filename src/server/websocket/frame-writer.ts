import type { ExecutionResult } from 'graphql';

import { serializeResult } from '../operations/serialize-result.ts';
import { formatResult } from './format-result.ts';
import type { SocketConnection } from './socket-connection.ts';

/** A reader with more than this in its buffer is slow: its next result is taken when the frame has left. */
const MAX_BUFFERED_BYTES = 16 * 1024;

export interface FrameWriterOptions {
  readonly connection: Pick<
    SocketConnection,
    'isOpen' | 'bufferedBytes' | 'send' | 'abortOperation'
  >;
  readonly operationId: string;
}

/**
 * Writes the results of one subscription to its socket, as `next` messages of the protocol. graphql-ws iterates over
 * it and sees a subscription without any result: graphql-ws itself would serialize each result once per socket, while
 * `serializeResult` does it once for all subscriptions that share the result.
 *
 * Backpressure: while the socket's buffer is full, no further result is taken. The log then merges the patches that
 * a slow reader has not taken yet.
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

  /** Resolves when the subscription has ended and all of its results are written. */
  async next(): Promise<IteratorResult<never, undefined>> {
    const { connection } = this.#options;
    for (;;) {
      const next = await this.#results.next();
      if (next.done) return { done: true, value: undefined };
      // graphql-ws does not call `return()` on an iterator that reports its end, so it is called here.
      if (!connection.isOpen) return this.return();
      const isSlow = connection.bufferedBytes >= MAX_BUFFERED_BYTES;
      const sent = connection.send(this.#serializeFrame(next.value));
      if (isSlow) await sent;
    }
  }

  /** Aborts the operation first: a source that waits for its next event would delay the `return()` of the results. */
  async return(): Promise<IteratorResult<never, undefined>> {
    this.#options.connection.abortOperation(this.#options.operationId);
    await this.#results.return?.();
    return { done: true, value: undefined };
  }

  #serializeFrame(result: ExecutionResult): string {
    return `${this.#framePrefix}${serializeResult(result.errors ? formatResult(result) : result)}}`;
  }
}
