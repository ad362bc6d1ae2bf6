import type { ExecutionResult, GraphQLError } from 'graphql';
import { type FetchAPI, isAsyncIterable, type Plugin } from 'graphql-yoga';

import type { Context } from '../../resolvers/context.ts';
import { getRequestContext } from '../operations/request-context.ts';
import { serializeResult } from '../operations/serialize-result.ts';

const PING_MS = 12_000;

/**
 * Subscriptions over SSE, in the protocol graphql-sse (distinct connections mode):
 *
 *     :                     first, so that clients see the response begin; then every 12 s as a keep-alive
 *     event: next           one for each result
 *     id: <cursor>          cursor of the result, which a client sends as `Last-Event-ID` to resume after it
 *     data: <result>
 *     event: complete       last, also after an error
 *
 * Yoga's own SSE sends no ids, and serializes each result once for each subscription.
 */
export function useSse(pingMs = PING_MS): Plugin<Context> {
  const subscriptions = new WeakSet<Request>();
  return {
    onSubscribe: ({ args }) => {
      const { request } = args.contextValue as { request?: Request };
      if (request) subscriptions.add(request);
    },
    onResultProcess: (payload) => {
      const { request, result } = payload;
      // A deferred query streams as well, and is left to Yoga.
      if (!isAsyncIterable(result) || !subscriptions.has(request)) return;
      const { lastEvent } = getRequestContext(payload);
      payload.setResultProcessor(
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

/** The body of the response. The stream pulls a result when the previous one has left: that is the backpressure. */
class SseStream implements UnderlyingDefaultSource<Uint8Array> {
  readonly #results: AsyncIterator<ExecutionResult>;
  readonly #lastEvent: Context['lastEvent'];
  readonly #pingMs: number;
  readonly #encoder = new TextEncoder();
  #pingTimer: NodeJS.Timeout | undefined;

  constructor(
    results: AsyncIterable<ExecutionResult>,
    lastEvent: Context['lastEvent'],
    pingMs: number,
  ) {
    this.#results = results[Symbol.asyncIterator]();
    this.#lastEvent = lastEvent;
    this.#pingMs = pingMs;
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    // Some clients report the response as open only when its first byte has arrived.
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
      // The error has its public form. The protocol has no message for an error after the first result.
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
    const { cursor } = this.#lastEvent;
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
