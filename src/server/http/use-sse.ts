import type { ExecutionResult, GraphQLError } from 'graphql';
import { type FetchAPI, isAsyncIterable, type Plugin } from 'graphql-yoga';

import type { Context } from '../../resolvers/context.ts';
import { getRequestContext } from '../operations/request-context.ts';
import { serializeResult } from '../operations/serialize-result.ts';

const PING_MS = 12_000;

/**
 * Subscriptions over SSE. Each `next` has the position of its value as `id`, so that a client which comes
 * back with `Last-Event-ID` goes on from there.
 */
export function useSse(pingMs = PING_MS): Plugin<Context> {
  const subscriptions = new WeakSet<Request>();
  return {
    onSubscribe: ({ args }) => {
      const { request } = args.contextValue as { request?: Request };
      if (request) subscriptions.add(request);
    },
    onResultProcess: (processed) => {
      const { request, result } = processed;
      if (!isAsyncIterable(result) || !subscriptions.has(request)) return;
      const { lastEvent } = getRequestContext(processed);
      processed.setResultProcessor(
        (_result, fetchAPI) =>
          createStreamResponse(new SseStream(result, lastEvent, pingMs), fetchAPI),
        'text/event-stream',
      );
    },
  };
}

function createStreamResponse(stream: SseStream, fetchAPI: FetchAPI): Response {
  return new fetchAPI.Response(new fetchAPI.ReadableStream(stream), {
    headers: {
      'content-type': 'text/event-stream',
      connection: 'keep-alive',
      'content-encoding': 'none',
    },
  });
}

class SseStream implements UnderlyingDefaultSource<Uint8Array> {
  readonly #results: AsyncIterator<ExecutionResult>;
  readonly #position: Context['lastEvent'];
  readonly #pingMs: number;
  readonly #encoder = new TextEncoder();
  #pingTimer: NodeJS.Timeout | undefined;

  constructor(
    results: AsyncIterable<ExecutionResult>,
    position: Context['lastEvent'],
    pingMs: number,
  ) {
    this.#results = results[Symbol.asyncIterator]();
    this.#position = position;
    this.#pingMs = pingMs;
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    // At once: some clients wait for the first byte before they take the answer as begun.
    this.#send(controller, ':\n\n');
    this.#pingTimer = setInterval(() => {
      if ((controller.desiredSize ?? 0) > 0) this.#send(controller, ':\n\n');
    }, this.#pingMs);
  }

  async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    try {
      const next = await this.#results.next();
      if (next.done) this.#complete(controller);
      else this.#sendResult(controller, next.value);
    } catch (error) {
      // It has its public form. This protocol has no message for an error in mid-stream.
      this.#sendResult(controller, { errors: [error as GraphQLError] });
      this.#complete(controller);
    }
  }

  async cancel(): Promise<void> {
    clearInterval(this.#pingTimer);
    await this.#results.return?.();
  }

  #sendResult(
    controller: ReadableStreamDefaultController<Uint8Array>,
    result: ExecutionResult,
  ): void {
    const { cursor } = this.#position;
    const id = cursor === null ? '' : `id: ${cursor}\n`;
    this.#send(controller, `event: next\n${id}data: ${serializeResult(result)}\n\n`);
  }

  #complete(controller: ReadableStreamDefaultController<Uint8Array>): void {
    clearInterval(this.#pingTimer);
    this.#send(controller, 'event: complete\ndata:\n\n');
    controller.close();
  }

  #send(controller: ReadableStreamDefaultController<Uint8Array>, text: string): void {
    controller.enqueue(this.#encoder.encode(text));
  }
}
